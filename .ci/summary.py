#!/usr/bin/env python3
"""Sums up the reports of ctest and GoogleTest: what failed, what was skipped and why, and one closing line.

    summary.py REPORT.xml...      exit 1 if anything failed, or a report is missing or empty
"""
import os
import sys
import xml.etree.ElementTree as ET


def reason(case):
    """Why a test was skipped: GoogleTest's message, or the last line that a script printed."""
    lines = [line.strip() for line in (case.findtext("system-out") or "").splitlines() if line.strip()]
    for line, after in zip(lines, lines[1:]):
        if line.endswith(": Skipped"):
            return after
    return lines[-1] if lines else "no reason given"


def main():
    passed, failed, skipped = 0, [], []
    for path in sys.argv[1:]:
        preset = path.split(os.sep)[-3 if path.endswith("_tests.xml") else -2]
        try:
            cases = list(ET.parse(path).getroot().iter("testcase"))
        except (OSError, ET.ParseError) as error:
            failed.append(f"{preset}: no report of {os.path.basename(path)} ({error})")
            continue
        if not cases:
            failed.append(f"{preset}: no test ran of {os.path.basename(path)}")
        for case in cases:
            name = case.get("name")
            if case.get("result"):  # GoogleTest's own
                name = f"{os.path.basename(path)[:-len('.xml')]}.{case.get('classname')}.{name}"
            if len(sys.argv) > 2:
                name = f"{preset}: {name}"
            skip = case.find("skipped")
            # ctest also calls a test skipped whose program is missing; that one failed.
            if skip is not None and case.get("result") == "skipped":
                skipped.append(f"{name}: {(skip.get('message') or 'no reason given').splitlines()[-1]}")
            elif skip is not None and skip.get("message", "").startswith("SKIP_"):
                skipped.append(f"{name}: {reason(case)}")
            elif case.get("status") == "run" and case.find("failure") is None:
                passed += 1
            elif case.get("status") in ("disabled", "notrun") and skip is None:
                skipped.append(f"{name}: disabled")
            else:
                failed.append(name)
    for title, names in (("SKIPPED", skipped), ("FAILED", failed)):
        if names:
            print(f"\n{title}")
            for name in names:
                print(f"  {name}")
    print(f"\n{passed} passed, {len(failed)} failed, {len(skipped)} skipped")
    sys.exit(1 if failed else 0)


main()
