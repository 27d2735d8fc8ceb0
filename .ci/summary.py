#!/usr/bin/env python3
"""Sums up ctest's reports: what failed, what was skipped and why, and one closing line.

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
        preset = os.path.basename(os.path.dirname(path))
        try:
            cases = list(ET.parse(path).getroot().iter("testcase"))
        except (OSError, ET.ParseError) as error:
            failed.append(f"{preset}: no report ({error})")
            continue
        if not cases:
            failed.append(f"{preset}: no test ran")
        for case in cases:
            name = f"{preset}: {case.get('name')}" if len(sys.argv) > 2 else case.get("name")
            skip = case.find("skipped")
            # ctest also calls a test skipped whose program is missing; that one failed.
            if skip is not None and skip.get("message", "").startswith("SKIP_"):
                skipped.append(f"{name}: {reason(case)}")
            elif case.get("status") == "run":
                passed += 1
            elif case.get("status") == "disabled":
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
