#!/usr/bin/env python3
"""Generate or validate the expected outputs of all cases.

    run_all.py                 validate everything (each case runs twice per interpreter, with different hash seeds)
    run_all.py --write         run everything, write NNN_slug.expected and .ticks, and the '# versions:' header lines
    run_all.py cases/03*      only the matching cases

The oracle is CPython 3.11 (this interpreter, or $ORACLE_311).  If 3.12 and 3.13 are found ($ORACLE_312, $ORACLE_313 or
pyenv) every asyncio case runs there too; where such a version behaves differently its output is NNN_slug.expected-3.12
and/or .expected-3.13 (same for .ticks); no such file means: same as 3.11.  trio cases need trio in the 3.11 interpreter;
they run in both batch orders, and a case whose log depends on the order is marked '# versions: order fifo'.
Exit status 0: every output is reproducible and equal to the stored one."""
import concurrent.futures, glob, os, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def find(minor):
    env = os.environ.get(f'ORACLE_3{minor}')
    for p in [env] if env else [sys.executable if sys.version_info[1] == minor else ''] + \
            sorted(glob.glob(os.path.expanduser(f'~/.pyenv/versions/3.{minor}.*/bin/python'))):
        if p and os.path.exists(p):
            return p


def once(python, case, seed, extra):
    with tempfile.NamedTemporaryFile('r', suffix='.ticks') as t:
        env = dict(os.environ, PYTHONHASHSEED=str(seed), PYTHONPATH=HERE, ORACLE_TICKS=t.name,
                   PYTHONDONTWRITEBYTECODE='1', **extra)
        env.pop('PYTHONASYNCIODEBUG', None)
        p = subprocess.run([python, case], capture_output=True, text=True, env=env, timeout=60)
        out = p.stdout + (f'STDERR\n{p.stderr}' if p.stderr or p.returncode else '')
        return out, open(t.name).read()


def twice(python, case, **extra):
    a, b = once(python, case, 1, extra), once(python, case, 2, extra)
    return a if a == b else None


def one(case, pythons, write):
    base, problems, notes = case[:-3], [], []
    text = open(case).read()
    trio = '\n# group: trio\n' in text
    ref = twice(pythons['3.11'], case)
    if ref is None or 'STDERR' in ref[0] or 'Traceback' in ref[0]:
        return case, ['not reproducible or broken on 3.11'], []
    want = {'.expected': ref[0]} if trio else {'.expected': ref[0], '.ticks': ref[1]}
    if trio:
        other = twice(pythons['3.11'], case, ORACLE_TRIO='lifo')
        if other is None or other[0] != ref[0]:
            notes.append('order fifo')
    else:
        for v in ('3.12', '3.13'):
            if pythons[v]:
                out = twice(pythons[v], case)
                if out is None or 'STDERR' in out[0]:
                    problems.append(f'not reproducible or broken on {v}')
                    continue
                if out[0] != ref[0]:
                    want[f'.expected-{v}'] = out[0]
                    notes.append(f'{v} differs')
                if out[1] != ref[1]:
                    want[f'.ticks-{v}'] = out[1]
                    if out[0] == ref[0]:
                        notes.append(f'{v} iterations differ')
    have = {p[len(base):] for p in glob.glob(base + '.*')} - {'.py'}
    if write:
        for s in have - set(want):
            os.remove(base + s)
        for s, t in want.items():
            open(base + s, 'w').write(t)
        text = re.sub(r'^# versions: .*$', f"# versions: {', '.join(notes) or 'same'}", text, flags=re.M)
        open(case, 'w').write(text)
    else:
        known = {s for s in have if s in want or pythons.get(s.split('-')[-1], True)}
        for s in sorted(known ^ set(want)):
            problems.append(f'unexpected or missing {s}')
        for s, t in want.items():
            if s in have and open(base + s).read() != t:
                problems.append(f'{s} is not what the oracle says now')
    return case, problems, notes


def main():
    args = [a for a in sys.argv[1:] if not a.startswith('-')]
    cases = sorted(c for a in (args or ['cases/*.py']) for c in glob.glob(os.path.join(HERE, a)) if c.endswith('.py'))
    pythons = {f'3.{m}': find(m) for m in (11, 12, 13)}
    if not pythons['3.11']:
        sys.exit('no Python 3.11')
    print('oracles:', {k: v or 'not found, skipped' for k, v in pythons.items()})
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for case, problems, notes in pool.map(lambda c: one(c, pythons, '--write' in sys.argv), cases):
            if notes:
                print(' ', os.path.relpath(case, HERE), '|', ', '.join(notes))
            for p in problems:
                bad += 1
                print('BAD', os.path.relpath(case, HERE), p)
    print(f'{len(cases)} cases, {bad} problems')
    sys.exit(bool(bad))


main()
