#!/usr/bin/env python3
"""Shrink programs for which a candidate interpreter differs from the oracle, and print the minimal ones.

    shrink.py PROGRAMS.jsonl [--id ID] [--max N] [--ticks | --batches] [--no-messages] [--trio] -- COMMAND [ARGS...]

COMMAND is the candidate: it reads programs (one per line) from standard input and writes one result line per program.
The first N (default 1) differing programs are shrunk, or the one with the given id.  Delta debugging: remove runs of ops,
replace a block by its body, a function call by fewer functions, numbers by simpler ones, until nothing more can go.
A crash or a hang (--wait seconds) of the candidate counts as a difference.  --trio: programs of trio_spec.md."""
import argparse, copy, importlib, json, subprocess
from compare import arrange, context, first_difference, levels
from generate import reachable

BLOCKS = {'timeout': [3], 'group': [2], 'with': [2], 'loop': [2], 'scope': [4], 'move_on_after': [3], 'fail_after': [3], 'nursery': [2], 'each': [2]}
BODIES = {**BLOCKS, 'call_soon': [2], 'call_later': [3], 'done_cb': [2]}
LISTS = {'gather': 1, 'wait': 1, 'as_completed': 1}
NUMBERS = {'sleep': [1], 'block': [1], 'timeout': [2], 'wait_for': [2], 'call_later': [2], 'reschedule': [2], 'wait': [3],
           'as_completed': [2], 'to_thread': [1], 'loop': [1], 'notify': [2], 'return': [1], 'put': [2], 'put_nowait': [2],
           'scope': [2], 'move_on_after': [2], 'fail_after': [2], 'deadline': [2]}


def bodies(ops, path=()):
    """Paths of all op lists inside an op list (itself included), outermost first."""
    yield path
    for i, op in enumerate(ops):
        for k in BODIES.get(op[0], []):
            yield from bodies(op[k], path + (i, k))
        if op[0] == 'try':
            op += [None] * (5 - len(op))
            yield from bodies(op[1], path + (i, 1))
            for k in (2, 3):
                if op[k]:
                    yield from bodies(op[k][1], path + (i, k, 1))
            if op[4]:
                yield from bodies(op[4], path + (i, 4))


def at(x, path):
    for k in path:
        x = x[k]
    return x


def variants(prog):
    """All programs that are one step smaller, boldest first."""
    places = [(f, p) for f, ops in prog['fns'].items() for p in bodies(ops)]

    def edit(f, path, change):
        new = copy.deepcopy(prog)
        if change(at(new['fns'][f], path)) is not False:
            yield new
    longest = max(len(at(prog['fns'][f], p)) for f, p in places)
    size = 1 << max(0, longest.bit_length() - 1)
    while size:                                  # remove runs of ops
        for f, p in places:
            for i in range(0, len(at(prog['fns'][f], p)), size):
                if size == 1 or i + size <= len(at(prog['fns'][f], p)):
                    yield from edit(f, p, lambda ops: ops.__delitem__(slice(i, i + size)))
        size //= 2
    for f, p in places:
        for i, op in enumerate(at(prog['fns'][f], p)):
            inner = [op[k] for k in BODIES.get(op[0], [])] if op[0] in BLOCKS else []
            if op[0] == 'try':
                inner = [op[1]]
                for k in (2, 3, 4):              # drop a handler
                    if op[k] is not None:
                        yield from edit(f, p, lambda ops: ops[i].__setitem__(k, None))
            for body in inner:                   # replace a block by its body
                yield from edit(f, p, lambda ops: ops.__setitem__(slice(i, i + 1), copy.deepcopy(body)))
            if op[0] in LISTS and len(op[1]) > 1:
                for j in range(len(op[1])):
                    yield from edit(f, p, lambda ops: ops[i][1].__delitem__(j))
            if op[0] == 'call':                  # inline a function
                yield from edit(f, p, lambda ops: ops.__setitem__(slice(i, i + 1), copy.deepcopy(prog['fns'][op[1]])))
            for k in NUMBERS.get(op[0], []):
                if k < len(op) and isinstance(op[k], int) and not isinstance(op[k], bool):
                    for n in (0, 1, 10):
                        if n < op[k] and not (op[0] == 'loop' and n == 0):
                            yield from edit(f, p, lambda ops: ops[i].__setitem__(k, n))
    if prog.get('workers', 2) != 2:
        yield {**copy.deepcopy(prog), 'workers': 2}


def tidy(prog):
    fns = reachable(prog['fns'])
    text = json.dumps(fns)
    return {**prog, 'fns': fns, 'objects': {k: v for k, v in prog.get('objects', {}).items() if f'"{k}"' in text}}


class Candidate:
    def __init__(self, command, wait): self.command, self.wait, self.runs = command, wait, 0

    def __call__(self, progs):
        """Results of several programs; None after a crash or hang."""
        self.runs += 1
        text = ''.join(json.dumps(p) + '\n' for p in progs)
        try:
            out = subprocess.run(self.command, input=text, capture_output=True, text=True, timeout=self.wait).stdout
        except subprocess.TimeoutExpired as e:
            out = (e.stdout or b'').decode() if isinstance(e.stdout, bytes) else e.stdout or ''
        results = []
        for line in out.splitlines():
            try:
                results.append(json.loads(line))
            except ValueError:
                break
        return results + [None] * (len(progs) - len(results))


def differing(progs, candidate, args):
    """The first program that the candidate runs differently, with both results, or None."""
    size = 16                                    # batches grow: early hits are cheap, long searches need few processes
    while progs:
        batch, progs = progs[:size], progs[size:]
        size = min(512, size * 4)
        for p, have in zip(batch, candidate(batch)):
            want = args.oracle.run_program(p)
            if want.get('order_dependent'):
                continue
            have = arrange(want, have or {'log': ['(crash, hang or no result)']})
            i = first_difference(want, have, args.ticks, not args.no_messages)
            if i is not None:
                return p, want, have, i
    return None


def shrink(prog, candidate, args):
    best = differing([prog], candidate, args)
    seen = set()
    while best:
        tries = []
        for v in map(tidy, variants(best[0])):
            key = json.dumps(v['fns'])
            if key not in seen:
                seen.add(key)
                tries.append(v)
        found = differing(tries, candidate, args)
        if not found:
            return best
        best = found


def pretty(prog):
    fns = ',\n  '.join(f'{json.dumps(f)}: [\n    ' + ',\n    '.join(map(json.dumps, ops)) + ']' for f, ops in prog['fns'].items())
    head = ', '.join(f'{json.dumps(k)}: {json.dumps(v)}' for k, v in prog.items() if k != 'fns')
    return f'{{{head}, "fns": {{\n  {fns}}}}}'


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('programs')
    p.add_argument('--id')
    p.add_argument('--max', type=int, default=1)
    levels(p)
    p.add_argument('--trio', action='store_true')
    p.add_argument('--wait', type=float, default=30)
    p.add_argument('command', nargs='+')
    args = p.parse_args()
    args.oracle = importlib.import_module('trio_oracle' if args.trio else 'oracle_run')
    args.oracle.setup()
    candidate = Candidate(args.command, args.wait)
    with open(args.programs) as f:
        progs = [q for q in map(json.loads, filter(str.strip, f)) if args.id in (None, q['id'])]
    found = 0
    while progs and found < args.max:
        hit = differing(progs, candidate, args)
        if not hit:
            break
        found += 1
        progs = progs[1 + next(i for i, q in enumerate(progs) if q['id'] == hit[0]['id']):]
        prog, want, have, i = shrink(hit[0], candidate, args)
        print(f'{hit[0]["id"]}: minimal program ({candidate.runs} runs of the candidate so far)\n{pretty(prog)}')
        print(f'one line: {json.dumps(prog, separators=(",", ":"))}\nfirst difference (- oracle, + candidate, @ iteration):')
        print(context(want, have, i, before=99, after=5) + '\n')
    print(f'{found} differing programs shrunk' if found else 'no difference')
    raise SystemExit(bool(found))


if __name__ == '__main__':
    main()
