#!/usr/bin/env python3
"""Compare the results of two interpreters.

    compare.py ORACLE.jsonl CANDIDATE.jsonl [--ticks | --batches] [--no-messages] [--show N]

Level 1 (default): log lines, i.e. order, virtual time, task and text.  Level 2 (--ticks): also the loop iteration of every
line for which the oracle gives one; --batches only checks which lines share an iteration.
--no-messages ignores the texts of CancelledError:msg (spec.md section 5).
Results of trio_oracle.py: order_dependent ones are skipped; in those with batches the order of tasks within a batch is free.
Exit status 1 if any program differs or is missing."""
import argparse, json, re


def normal(result, messages=True):
    """(lines, ticks) of a result; texts of cancellations removed on request."""
    log = result['log'] if messages else [re.sub(r'CancelledError:\w+', 'CancelledError', x) for x in result['log']]
    return log, result.get('ticks') or [None] * len(log)


def dense(ticks):
    """Iterations renumbered without gaps."""
    seen = {}
    return [None if t is None else seen.setdefault(t, len(seen)) for t in ticks]


def arrange(want, have):
    """have, with the lines of each batch in the order of want if only the order of the tasks differs (trio_spec.md section 1)."""
    def tasks(lines): return sorted(lines, key=lambda x: x.split(' ', 2)[1:2])
    batches, log, i = want.get('batches') or [], list(have['log']), 0
    while i < len(batches):
        j = i + batches.count(batches[i])
        if tasks(log[i:j]) == tasks(want['log'][i:j]):
            log[i:j] = want['log'][i:j]
        i = j
    return {**have, 'log': log}


def first_difference(a, b, ticks=False, messages=True):
    """Index of the first line where candidate result b differs from oracle result a, or None.  ticks: True, False or 'batches'."""
    (la, ta), (lb, tb) = normal(a, messages), normal(b, messages)
    if ticks == 'batches':
        ta, tb = dense(ta), dense(tb)
    for i, x in enumerate(la):
        if i >= len(lb) or x != lb[i] or (ticks and ta[i] is not None and (i >= len(tb) or ta[i] != tb[i])):
            return i
    return len(la) if len(lb) > len(la) else None


def context(a, b, i, before=4, after=3):
    """Text of the lines around difference i: both sides."""
    def line(r, j):
        t = (r.get('ticks') or [])[j:j + 1]
        return f"{r['log'][j]}   @{t[0] if t else '?'}" if j < len(r['log']) else '(no line)'
    out = [f"      {line(a, j)}" for j in range(max(0, i - before), i)]
    out += [f'    - {line(a, j)}' for j in range(i, min(i + after, max(len(a['log']), i + 1)))]
    return '\n'.join(out + [f'    + {line(b, j)}' for j in range(i, min(i + after, max(len(b['log']), i + 1)))])


def levels(parser):
    """The options that choose how strict a comparison is."""
    parser.add_argument('--ticks', action='store_true')
    parser.add_argument('--batches', dest='ticks', action='store_const', const='batches')
    parser.add_argument('--no-messages', action='store_true')


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('oracle')
    p.add_argument('candidate')
    levels(p)
    p.add_argument('--show', type=int, default=10)
    a = p.parse_args()
    with open(a.candidate) as f:
        got = {r['id']: r for r in map(json.loads, filter(str.strip, f))}
    total = equal = skipped = 0
    failed = []
    with open(a.oracle) as f:
        for want in map(json.loads, filter(str.strip, f)):
            have = got.pop(want['id'], {'log': []})
            if want.get('order_dependent'):
                skipped += 1
                continue
            total += 1
            have = arrange(want, have)
            i = first_difference(want, have, a.ticks, not a.no_messages)
            if i is None:
                equal += 1
            else:
                failed.append((want, have, i))
    for want, have, i in failed[:a.show]:
        print(f"{want['id']}: first difference in line {i + 1} of {len(want['log'])}  (- oracle, + candidate, @ iteration)")
        print(context(want, have, i))
    if got:
        print(f"{len(got)} results without a counterpart: {' '.join(list(got)[:5])}")
    if skipped:
        print(f'{skipped} programs skipped, the oracle depends on the order of a batch')
    print(f'{equal} of {total} programs equal ({ {False: "order and time", True: "order, time, iteration"}.get(a.ticks, "order, time, batches")})')
    raise SystemExit(bool(failed or got))


if __name__ == '__main__':
    main()
