#!/usr/bin/env python3
"""Random programs for the differential test kit (language: spec.md), one JSON program per line.

    generate.py SEED COUNT [--size small|medium|large] [--focus cancel|sync|groups|timeouts|queues|threads|mixed]

Deterministic in its arguments.  Without --size or --focus every program draws its own.  About half of the material is random
ops, the other half "gadgets": small known race situations with random times (equal deadlines are frequent on purpose)."""
import argparse, json, random

FOCI = ['cancel', 'sync', 'groups', 'timeouts', 'queues', 'threads', 'mixed']
#        functions, ops per body, nesting, gadgets, step limit
SIZES = {'small': (2, 3, 2, 1, 200), 'medium': (4, 4, 3, 2, 500), 'large': (8, 6, 3, 5, 2000)}
TIMES = [0, 1, 2, 5, 5, 5, 10, 10, 10, 10, 15, 20, 20, 30]
KINDS = ['a', 'b', 'c']
OBJECTS = {'s0': ['sem', 1], 's1': ['sem', 2], 's2': ['bsem', 1], 's3': ['sem', 0], 'l0': ['lock'], 'l1': ['lock'],
           'e0': ['event'], 'e1': ['event'], 'c0': ['cond'], 'c1': ['cond'], 'q0': ['queue', 1], 'q1': ['queue', 0],
           'q2': ['prio', 2], 'q3': ['lifo', 0], 'q4': ['queue', 2], 'b0': ['barrier', 2], 'b1': ['barrier', 3]}

# how often an op is drawn: base weight, then the weight added by a focus ('mixed' adds half of all)
BASE = dict(log=1, sleep=9, nap=5, block=1, call=3, spawn=8, await_=5, cancel=4, try_=5, loop=1, raise_=2, return_=1, state=1,
            uncancel=.3, forget=.2, call_soon=1, call_later=1.5, cancel_handle=.3, done_cb=.7, future=.6, fut_set=1, fut_error=.4)
EXTRA = {
    'cancel': dict(cancel=9, try_=7, shield=3, gather=4, uncancel=1, self_cancel=2, await_=4, future=1, fut_set=1, wait=1, call=2),
    'sync': dict(with_=7, acquire=3, release=4, ev_wait=3, ev_set=3, ev_clear=1, cond_wait=2, cond_until=2, notify=3, add=1,
                 barrier=3, reset=.5, abort=.4, cancel=3),
    'groups': dict(group=7, group_spawn=7, raise_=3, cancel=3, gather=4, wait=3, as_completed=3),
    'timeouts': dict(timeout=8, wait_for=6, reschedule=4, shield=2, wait=2, as_completed=2, block=2, cancel=2),
    'queues': dict(put=6, get=6, put_nowait=3, get_nowait=2, task_done=3, join=1.5, cancel=3, timeout=1, wait_for=1),
    'threads': dict(to_thread=9, block=4, timeout=2, gather=2, cancel=3, wait_for=2, wait=1),
}


class Gen:
    def __init__(self, rng, size, focus):
        self.r, self.focus = rng, focus
        self.nfns, self.nops, self.depth, self.ngadgets, self.limit = SIZES[size]
        w = dict(BASE)
        for f, extra in EXTRA.items():
            k = 1 if f == focus else .5 if focus == 'mixed' else .05
            for op, n in extra.items():
                w[op] = w.get(op, 0) + n * k
        self.ops, self.weights = list(w), list(w.values())
        self.fns, self.nvars, self.count = {}, max(3, self.nfns), 0

    # ---- small draws
    def ms(self): return self.r.choice(TIMES)
    def p(self, x): return self.r.random() < x
    def v(self): return f'v{self.r.randrange(self.nvars)}'
    def kind(self): return self.r.choice(KINDS)
    def limit_ms(self): return self.r.choice([None, -5, 0, 0, 1] + TIMES * 2)
    def obj(self, *names): return self.r.choice(names)

    def unique(self, letter):
        self.count += 1
        return f'{letter}{100 + self.count}'

    def fn(self, body):
        """A new function; returns its name."""
        name = self.unique('f')
        self.fns[name] = body
        return name

    def any_fn(self, i):
        """A function that level i may start: one of a higher level (so there is no recursion)."""
        later = [f'f{j}' for j in range(i + 1, self.nfns)]
        if later and self.p(.9):
            return self.r.choice(later)
        return self.fn(self.leaf())

    def leaf(self):
        r = self.r
        body = [['sleep', self.ms()]] if self.p(.8) else [['yield']] * r.randrange(3)
        if self.p(.25):
            mode = r.choice(['swallow', 'reraise'])
            late = r.choice([[], [['sleep', self.ms()]], [['yield']], [['raise', self.kind()]]])
            body = [['try', body, [mode, late], None, None if self.p(.6) else [r.choice([['yield'], ['sleep', self.ms()]])]]]
        x = r.random()
        if x > .96:                              # a failing group of its own
            bad = self.fn([['sleep', self.ms()], ['raise', self.kind()]])
            return body + [['group', 'g9', [['group_spawn', 'g9', 'v9', bad]]]]
        return body + ([['raise', self.kind()]] if x < .25 else [['return', r.randrange(100)]] if x < .8 else
                       [['raise', r.choice(['cancel', 'timeout'])]] if x < .83 else [])

    def target(self, i): return self.any_fn(i) if self.p(.5) else self.v()
    def targets(self, i, n=3): return [self.target(i) for _ in range(self.r.randint(1, n))]

    # ---- random bodies
    def body(self, i, depth, n=None):
        n = self.r.randint(1, self.nops) if n is None else n
        out = []
        for _ in range(n):
            out += self.op(i, depth)
        return out

    def op(self, i, depth):
        name = self.r.choices(self.ops, self.weights)[0]
        return getattr(self, 'o_' + name.rstrip('_'))(i, depth)

    def nested(self, i, depth):
        return self.body(i, depth - 1, self.r.randint(1, 3)) if depth > 0 else [['sleep', self.ms()]]

    def guarded(self, *ops):
        """ops, sometimes inside a timeout, so that fewer programs hang."""
        return [['timeout', self.unique('t'), self.r.choice([5, 10, 10, 20]), list(ops)]] if self.p(.35) else list(ops)

    def o_log(self, i, d): return [['log', self.r.choice('xyz')]]
    def o_sleep(self, i, d): return [['sleep', self.ms()]]
    def o_nap(self, i, d): return [['yield']] * self.r.choice([1, 1, 1, 2, 3])
    def o_block(self, i, d): return [['block', self.ms()]]
    def o_call(self, i, d): return [['call', self.any_fn(i)]]
    def o_spawn(self, i, d): return [['spawn', self.v(), self.any_fn(i)]]
    def o_await(self, i, d): return [['await', self.v()]]
    def o_self_cancel(self, i, d): return [['cancel', 'self']]
    def o_uncancel(self, i, d): return [['uncancel']]
    def o_state(self, i, d): return [['state', self.v()]]
    def o_forget(self, i, d): return [['forget', self.any_fn(i)]]
    def o_raise(self, i, d): return [['raise', self.r.choice(KINDS * 3 + ['cancel', 'timeout'])]]
    def o_return(self, i, d): return [['return', self.r.choice([None, self.r.randrange(100)])]]
    def o_loop(self, i, d): return [['loop', self.r.randint(2, 4), self.nested(i, d)]]

    def o_cancel(self, i, d):
        v = self.r.choices([self.v(), 'main', 'self'], [20, .5, 1])[0]
        return [['cancel', v, 'm']] if self.p(.3) else [['cancel', v]] * self.r.choice([1, 1, 1, 1, 2])

    def o_try(self, i, d):
        r, final = self.r, None
        cancel = None if self.p(.4) else [r.choice(['swallow', 'reraise']), [] if self.p(.4) else self.nested(i, d - 1)]
        error = None if self.p(.4) else [r.choice(['swallow', 'swallow', 'reraise']), [] if self.p(.6) else self.nested(i, d - 1)]
        if self.p(.45) or not (cancel or error):
            final = self.nested(i, d - 1)
        return [['try', self.nested(i, d), cancel, error, final]]

    def sync(self, n=2):
        """Synchronous ops (for callbacks)."""
        r, out = self.r, []
        for _ in range(r.randint(1, n)):
            out.append(r.choice([
                lambda: ['log', 'cb'], lambda: ['cancel', self.v()], lambda: ['cancel', self.v(), 'cb'], lambda: ['set', self.obj('e0', 'e1')],
                lambda: ['spawn', self.v(), self.fn(self.leaf())], lambda: ['release', self.obj('s0', 's1', 's2', 's3', 'l0', 'c0')],
                lambda: ['put_nowait', self.obj('q0', 'q1', 'q2', 'q3'), r.randrange(10)], lambda: ['get_nowait', self.obj('q0', 'q2')],
                lambda: ['fut_set', self.v(), r.randrange(100)], lambda: ['fut_error', self.v(), self.kind()],
                lambda: ['notify', self.obj('c0', 'c1'), None], lambda: ['raise', self.kind()], lambda: ['block', self.ms()]])())
        return out

    def o_call_soon(self, i, d): return [['call_soon', f'h{self.r.randrange(3)}', self.sync()]]
    def o_call_later(self, i, d): return [['call_later', f'h{self.r.randrange(3)}', self.r.choice([-1] + TIMES), self.sync()]]
    def o_cancel_handle(self, i, d): return [['cancel_handle', f'h{self.r.randrange(3)}']]
    def o_done_cb(self, i, d): return [['done_cb', self.v(), self.sync(1)]]
    def o_future(self, i, d): return [['future', self.v()]]
    def o_fut_set(self, i, d): return [['fut_set', self.v(), self.r.randrange(100)]]
    def o_fut_error(self, i, d): return [['fut_error', self.v(), self.kind()]]
    def o_gather(self, i, d): return [['gather', self.targets(i) if self.p(.95) else [], self.p(.4)]]
    def o_shield(self, i, d): return [['shield', self.target(i)]]
    def o_wait_for(self, i, d): return [['wait_for', self.target(i), self.limit_ms()]]

    def o_wait(self, i, d):
        when = self.r.choice(['FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED'])
        return [['wait', [self.v() for _ in range(self.r.randint(1, 3))], when, self.limit_ms() if self.p(.6) else None]]

    def o_as_completed(self, i, d): return [['as_completed', self.targets(i), self.limit_ms() if self.p(.5) else None]]

    def o_group(self, i, d):
        g = f'g{self.r.randrange(2)}'
        spawns = [['group_spawn', g, self.v(), self.any_fn(i)] for _ in range(self.r.randint(1, 3))]
        return [['group', g, spawns + (self.nested(i, d) if self.p(.6) else [])]]

    def o_group_spawn(self, i, d): return [['group_spawn', f'g{self.r.randrange(2)}', self.v(), self.any_fn(i)]]
    def o_timeout(self, i, d): return [['timeout', f't{self.r.randrange(3)}', self.limit_ms(), self.nested(i, d)]]
    def o_reschedule(self, i, d): return [['reschedule', f't{self.r.randrange(3)}', self.limit_ms()]]
    def o_with(self, i, d): return [['with', self.obj('s0', 's1', 's2', 'l0', 'l1', 'c0'), self.nested(i, d)]]

    def o_acquire(self, i, d):
        o = self.obj('s0', 's1', 's2', 's3', 'l0', 'l1', 'c0')
        return self.guarded(['acquire', o]) + ([['sleep', self.ms()], ['release', o]] if self.p(.7) else [])

    def o_release(self, i, d): return [['release', self.obj('s0', 's1', 's2', 's3', 'l0', 'l1')]]
    def o_ev_wait(self, i, d): return self.guarded(['ev_wait', self.obj('e0', 'e1')])
    def o_ev_set(self, i, d): return [['set', self.obj('e0', 'e1')]]
    def o_ev_clear(self, i, d): return [['clear', self.obj('e0', 'e1')]]
    def o_cond_wait(self, i, d):
        c = self.obj('c0', 'c1')
        return [['with', c, self.guarded(['cond_wait', c])]] if self.p(.9) else [['cond_wait', c]]

    def o_cond_until(self, i, d):
        c = self.obj('c0', 'c1')
        return [['with', c, self.guarded(['cond_until', c, 'x0', self.r.randint(1, 3)])]]

    def o_notify(self, i, d):
        c = self.obj('c0', 'c1')
        return [['with', c, [['add', 'x0', 1], ['notify', c, self.r.choice([1, 1, 2, None])]] + ([['sleep', self.ms()]] if self.p(.3) else [])]]

    def o_add(self, i, d): return [['add', 'x0', 1]]
    def o_barrier(self, i, d): return self.guarded(['barrier', self.obj('b0', 'b0', 'b1')])
    def o_reset(self, i, d): return [['reset', self.obj('b0', 'b1')]]
    def o_abort(self, i, d): return [['abort', self.obj('b0', 'b1')]]
    def q(self): return self.obj('q0', 'q1', 'q2', 'q3', 'q4')
    def o_put(self, i, d): return self.guarded(['put', self.q(), self.r.randrange(10)])
    def o_get(self, i, d): return self.guarded(['get', self.q()])
    def o_put_nowait(self, i, d): return [['put_nowait', self.q(), self.r.randrange(10)]]
    def o_get_nowait(self, i, d): return [['get_nowait', self.q()]]
    def o_task_done(self, i, d): return [['task_done', self.q()]]
    def o_join(self, i, d): return self.guarded(['join', self.q()])

    def o_to_thread(self, i, d):
        return [['to_thread', self.ms()] + ([self.kind()] if self.p(.2) else [])]

    # ---- gadgets: op lists for any body; they bring their own functions and mostly their own variables
    def pause(self): return self.r.choice([['yield'], ['yield'], ['sleep', 5], ['sleep', 10], ['log', 'now']])

    def catch(self, *ops):
        """ops whose error or cancellation does not end the rest of the program (a swallowed one is part of the test)."""
        return ['try', list(ops), ['swallow', []] if self.p(.8) else None, ['swallow', []], None]

    def stubborn(self, d):
        """A function that does not obey cancel() at once."""
        r = self.r
        late = r.choice([[], [['sleep', self.ms()]], [['yield'], ['yield']], [['raise', self.kind()]], [['sleep', 5], ['raise', 'b']],
                         [['return', 77]]])
        return self.fn([['try', [['sleep', d]], [r.choice(['swallow', 'swallow', 'reraise']), late], None,
                         None if self.p(.5) else [['sleep', self.ms()]]], ['yield'], ['return', 7]])

    def g_same_tick(self):
        d, v = self.ms(), self.unique('v')
        f = self.fn([['sleep', d], ['return', 1]])
        return [['spawn', v, f], ['sleep', d]] + [['yield']] * self.r.randrange(3) + [['cancel', v], self.catch(['await', v]), ['state', v]]

    def g_woken_waiter(self):
        """A waiter of a semaphore, lock, event, queue or condition is woken and cancelled in one step."""
        r, a, b = self.r, self.unique('v'), self.unique('v')
        what = r.choice(['sem', 'sem', 'lock', 'get', 'get', 'put', 'put', 'cond', 'event', 'bsem', 'sem2'])
        pre, post = [], []
        if what in ('sem', 'lock', 'bsem', 'sem2'):
            o = {'sem': 's0', 'lock': 'l0', 'bsem': 's2', 'sem2': 's3'}[what]
            use = ['with', o, [['sleep', self.ms()]]]
            pre = [] if what == 'sem2' else [['acquire', o]]
            wake = [['release', o]] * (r.randint(1, 3) if what == 'sem2' else 1)
        elif what == 'get':
            o = self.obj('q1', 'q2', 'q3')
            use, wake = ['get', o], [['put_nowait', o, i] for i in range(r.randint(1, 2))]
        elif what == 'put':
            use, pre, wake = ['put', 'q0', 5], [['put_nowait', 'q0', 1]], [['get_nowait', 'q0']]
        elif what == 'cond':
            use = ['with', 'c0', [r.choice([['cond_wait', 'c0'], ['cond_until', 'c0', 'x0', 1]])]]
            wake = [['with', 'c0', [['add', 'x0', 1], ['notify', 'c0', r.choice([1, 1, 2, None])], self.pause()] +
                     ([['cancel', r.choice([a, b])]] if self.p(.6) else [])]]
        else:
            use, wake = ['ev_wait', 'e0'], [['set', 'e0']] + ([['clear', 'e0']] if self.p(.5) else [])
        f = self.fn([use, ['return', 2]] if self.p(.5) else [self.catch(use), self.pause(), ['return', 3]] if self.p(.6) else
                    [['loop', 2, [use]]])
        post = [['cancel', r.choice([a, a, b])]] if self.p(.75) else []
        if self.p(.35):                          # the waker comes back at once: it may not overtake
            post.insert(r.randrange(len(post) + 1), self.catch(*self.guarded(use)))
        if self.p(.3):
            post.append(r.choice([['cancel', b], ['cancel', a], ['yield'], self.sync(1)[0]]))
        post = [op for op in post if op[0] != 'raise']
        third = [['spawn', self.unique('v'), f]] if self.p(.5) else []
        return [self.catch(*pre)] * bool(pre) + [['spawn', a, f], ['spawn', b, f]] + third + [['yield']] * r.randint(1, 2) + \
            [self.catch(*wake)] + post + third[:1] * self.p(.3) + [['yield']] * r.randrange(3)

    def g_nested_timeouts(self):
        r, d = self.r, r_ms(self.r)
        e = r.choice([d, d, d + 5, max(0, d - 5), 0])
        inner = r.choice([['sleep', d], ['sleep', d + 20], ['call', self.stubborn(d + 10)], ['block', d + 5],
                          ['try', [['sleep', d + 10]], ['swallow', []], None, None], ['wait_for', self.stubborn(30), d],
                          ['shield', self.stubborn(d + 10)], ['ev_wait', 'e1'], ['acquire', 's3'], ['get', 'q1']])
        t, u = self.unique('t'), self.unique('t')
        block = ['timeout', u, e, [inner, self.pause()]]
        if self.p(.5):
            block = self.catch(block)
        out = ['timeout', t, d, [block] + ([['sleep', self.ms()]] if self.p(.6) else [])]
        if self.p(.3):
            v = self.unique('v')
            return [['spawn', v, self.fn([out])], ['sleep', d], ['cancel', v], self.catch(['await', v])]
        return [self.catch(out)]

    def g_reschedule(self):
        r, t, d = self.r, self.unique('t'), self.ms()
        how = ['reschedule', t, r.choice([0, 5, 10, None, -5])]
        body = r.choice([[['sleep', d], how, ['sleep', 10]], [how, ['sleep', d + 5]], [['call_later', 'h9', d, [how]], ['sleep', d + 10]],
                         [['try', [['sleep', 30]], ['swallow', [how]], None, None], ['sleep', 5]]])
        return [self.catch(['timeout', t, r.choice([d, d, None, 10]), body])] + ([how] if self.p(.3) else [])

    def g_group(self):
        """Children that fail, swallow, get cancelled; sometimes cancelled from outside at the same time."""
        r, g, v, d = self.r, self.unique('g'), self.unique('v'), self.ms()
        def child():
            return r.choice([lambda: self.stubborn(r.choice([d, 30])), lambda: self.fn([['sleep', d], ['raise', self.kind()]]),
                             lambda: self.fn([['sleep', r.choice([d, 20])], ['return', 4]]),
                             lambda: self.fn([['sleep', d], ['group_spawn', g, self.unique('v'), self.fn(self.leaf())], self.pause()]),
                             lambda: self.fn([['cancel', 'self'], self.pause()])])()
        kids = [['group_spawn', g, self.unique('v'), child()] for _ in range(r.randint(1, 4))]
        rest = r.choice([[], [['sleep', d]], [['sleep', 40]], [['raise', self.kind()]], [['cancel', kids[0][2]]],
                         [['try', [['sleep', 40]], ['swallow', []], None, None], ['group_spawn', g, 'v0', self.fn(self.leaf())], ['yield']],
                         [['cancel', 'self'], ['yield']], [['await', kids[-1][2]]]])
        block = ['group', g, kids + rest]
        if self.p(.35):                          # an inner group that fails while the outer one aborts
            o = self.unique('g')
            block = ['group', o, [['group_spawn', o, self.unique('v'), self.fn([['sleep', d], ['raise', 'c']])], block, ['yield']]]
        if self.p(.3):
            block = ['timeout', self.unique('t'), r.choice([d, 10, 20]), [block]]
        if self.p(.5):
            f = self.fn([self.catch(block) if self.p(.5) else block, self.pause(), ['sleep', 5]])
            out = [['spawn', v, f], ['sleep', d]] + [['yield']] * r.randrange(4)
            out += ([['cancel', v]] * r.choice([0, 1, 1, 2])) + ([['yield'], ['cancel', v]] if self.p(.3) else [])
            return out + [self.catch(['await', v]), ['state', v]] + ([['group_spawn', g, 'v0', self.fn(self.leaf())]] if self.p(.3) else [])
        return [self.catch(block)]

    def g_cleanup(self):
        """Cancelled again while cleaning up."""
        r, v = self.r, self.unique('v')
        f = self.fn([['try', [['sleep', 30]], r.choice([None, ['reraise', [['sleep', 5]]], ['swallow', [['sleep', 5]]]]), None,
                      [r.choice([['sleep', 10], self.catch(['timeout', self.unique('t'), 5, [['sleep', 10]]]),
                                 self.catch(['timeout', self.unique('t'), 3, [['sleep', r.choice([3, 10])]]])]), self.pause()]], ['return', 3]])
        return [['spawn', v, f], ['sleep', r.choice([0, 5, 30])], ['cancel', v, 'm1'],
                r.choice([['sleep', 5], ['sleep', 3], ['yield'], ['log', 'x']]),
                ['cancel', v, 'm2'], r.choice([['sleep', 5], ['yield'], ['uncancel']]), self.catch(['await', v]), ['state', v]]

    def g_gather(self):
        r, v, d = self.r, self.unique('v'), self.ms()
        kids = [r.choice([lambda: self.stubborn(r.choice([d, 20])), lambda: self.fn([['sleep', d], ['raise', self.kind()]]),
                          lambda: self.fn([['sleep', r.choice([d, d + 10, 20])], ['return', 5]]), self.v])() for _ in range(r.randint(1, 4))]
        if self.p(.2):
            kids.append(self.v())
            kids.append(kids[-1])
        f = self.fn([r.choice([['gather', kids, self.p(.5)], ['gather', kids, True], ['as_completed', kids, r.choice([None, d, 5])]]), self.pause()])
        return [['spawn', v, f], ['sleep', d]] + [['yield']] * r.randrange(3) + ([['cancel', v]] if self.p(.7) else []) + \
            [self.catch(['await', v])]

    def g_done_already(self):
        """Combinators over tasks that are finished when they start."""
        r, vs = self.r, [self.unique('v') for _ in range(r_n(self.r))]
        out = [['spawn', v, self.fn(r.choice([[['return', i]], [['raise', self.kind()]], [['sleep', 50]]]))] for i, v in enumerate(vs)]
        out += [['yield']] * r.randrange(3) + ([['cancel', r.choice(vs)]] if self.p(.4) else []) + [['yield']] * r.randrange(2)
        use = r.choice([['gather', vs, self.p(.5)], ['as_completed', vs, r.choice([None, 10])], ['shield', vs[0]], ['await', vs[0]],
                        ['wait', vs, r.choice(['FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED']), r.choice([None, 0, 10])],
                        ['wait_for', vs[0], r.choice([0, 10])], ['gather', vs[:1], False]])
        return out + ([['cancel', 'self']] if self.p(.15) else []) + [self.catch(use)]

    def g_as_completed(self):
        """Tasks that end at the very time of the timeout, before and after it in the order of timers."""
        r, d = self.r, r_ms(self.r)
        fs = [self.fn([['sleep', r.choice([d, d, d - 5])]] + [['yield']] * r.randrange(2) + [r.choice([['return', i], ['raise', self.kind()]])])
              for i in range(r.randint(1, 3))]
        vs = [self.unique('v') for f in fs]
        out = [['spawn', v, f] for v, f in zip(vs, fs)]
        use = ['as_completed', vs, d] if self.p(.6) else ['as_completed', fs, r.choice([d, d, None])]
        return (out if use[1] is vs else []) + [['yield']] * r.randrange(2) + [self.catch(use), self.pause()]

    def g_wait(self):
        r, d = self.r, self.ms()
        vs = [self.unique('v') for _ in range(r.randint(2, 3))]
        def child():
            return self.fn([['sleep', r.choice([d, d + 10, 5])], r.choice([['return', 1], ['raise', 'a']])])
        out = [['spawn', v, r.choice([self.stubborn(d), child()])] for v in vs]
        w = ['wait', vs, r.choice(['FIRST_COMPLETED', 'FIRST_EXCEPTION', 'FIRST_EXCEPTION', 'ALL_COMPLETED']), r.choice([None, None, d, 5, 0])]
        if self.p(.4):
            v = self.unique('v')
            return out + [['spawn', v, self.fn([w, w])], ['sleep', r.choice([d, 5])], ['cancel', r.choice([v] + vs + vs)], self.catch(['await', v])]
        return out + [['yield'], ['cancel', r.choice(vs)]] * self.p(.5) + [self.catch(w), self.pause(), self.catch(w)]

    def g_shield(self):
        r, v, w, d = self.r, self.unique('v'), self.unique('v'), self.ms()
        inner = r.choice([self.stubborn(d), self.fn([['sleep', d + 5], ['raise', 'a']]), self.fn([['sleep', d], ['return', 6]])])
        f = self.fn([['try', [['shield', w]], [r.choice(['swallow', 'reraise']), [r.choice([['await', w], ['shield', w], ['yield']])]], None, None]])
        return [['spawn', w, inner], ['spawn', v, f], ['sleep', r.choice([d, 5, 0])]] + [['yield']] * r.randrange(3) + \
            [['cancel', r.choice([v, v, w])]] + ([['cancel', v]] if self.p(.3) else []) + [self.catch(['await', v])]

    def g_wait_for(self):
        r, v, d = self.r, self.unique('v'), self.ms()
        tgt = r.choice([lambda: self.stubborn(r.choice([d, 20])), lambda: self.fn([['sleep', d], ['return', 8]]), self.v])()
        w = ['wait_for', tgt, r.choice([d, d, 10, 0, None, -5])]
        if self.p(.5):
            return [['spawn', v, self.fn([w, self.pause(), ['return', 9]])], ['sleep', d]] + [['yield']] * r.randrange(3) + \
                ([['cancel', v]] if self.p(.7) else []) + [self.catch(['await', v]), ['state', v]]
        return [self.catch(w)]

    def g_chain(self):
        """a awaits b awaits c; one link is cancelled around the time c ends."""
        r, d = self.r, self.ms()
        vs = [self.unique('v') for _ in range(3)]
        out = [['spawn', vs[2], r.choice([self.stubborn(d), self.fn([['sleep', d], ['return', 9]])])]]
        for i in (1, 0):
            w = r.choice([['await', vs[i + 1]]] * 3 + [['gather', [vs[i + 1]], self.p(.5)], ['shield', vs[i + 1]], ['wait_for', vs[i + 1], d]])
            out.append(['spawn', vs[i], self.fn([self.catch(w) if self.p(.3) else w, self.pause()])])
        return out + [['sleep', d]] + [['yield']] * r.randrange(3) + [['cancel', r.choice(vs)]] * r.randint(1, 2) + [self.catch(['await', vs[0]])]

    def g_condition(self):
        """Waiters cancelled (twice) while somebody else holds the lock."""
        r = self.r
        vs = [self.unique('v') for _ in range(r.randint(1, 3))]
        f = self.fn([['with', 'c1', [['cond_wait', 'c1'], ['log', 'in']]], ['return', 1]])
        hold = [['cancel', r.choice(vs)]] if self.p(.7) else []
        hold += [r.choice([['yield'], ['sleep', 5]])] + ([['cancel', r.choice(vs), 'm']] if self.p(.6) else [])
        hold += [['notify', 'c1', r.choice([1, 1, 2, None])]] * self.p(.7) + [['cancel', r.choice(vs)]] * self.p(.4) + [self.pause()]
        return [['spawn', v, f] for v in vs] + [['yield']] * 2 + [self.catch(['with', 'c1', hold])] + [['cancel', r.choice(vs)]] * self.p(.3) + \
            [['yield']] * r.randrange(3)

    def g_barrier(self):
        r, o, n = self.r, *self.r.choice([('b0', 2), ('b1', 3)])
        vs = [self.unique('v') for _ in range(n + r.randrange(-1, 3))]
        f = self.fn([self.catch(['barrier', o]), self.pause()] + ([self.catch(['barrier', o])] if self.p(.4) else []))
        act = r.choice([[['cancel', r.choice(vs)]]] * 4 + [[['cancel', vs[0], 'm']], [['reset', o]], [['abort', o]], [], [['barrier', o]]])
        return [['spawn', v, f] for v in vs] + [['yield']] * r.randrange(4) + [self.catch(*act)] * bool(act) + \
            ([['spawn', self.unique('v'), f]] if self.p(.5) else []) + [self.pause(), ['yield']] + \
            [self.catch(['reset', o])] * self.p(.2) + [['spawn', self.unique('v'), f]] * self.p(.3)

    def g_queue(self):
        r, o = self.r, self.obj('q0', 'q4', 'q2', 'q3')
        prod = self.fn([['loop', r.randint(2, 4), [['put', o, r.randrange(10)]] + [self.pause()] * self.p(.5)]])
        cons = self.fn([['loop', r.randint(2, 4), [['get', o]] + [['sleep', self.ms()]] * self.p(.4) + [['task_done', o]]]])
        vs = [self.unique('v') for _ in range(r.randint(2, 4))]
        out = [['spawn', v, prod if i % 2 == r.randrange(2) else cons] for i, v in enumerate(vs)]
        out += [self.pause()] + [['cancel', r.choice(vs)]] * r.randrange(3) + [r.choice([['put_nowait', o, 3], ['get_nowait', o], self.pause()])]
        return out + [self.catch(['timeout', self.unique('t'), 20, [['join', o]]])] * self.p(.7)

    def g_threads(self):
        """Completion during a stall, at the time of a timer, of a queued job; cancelled jobs."""
        r, d = self.r, self.ms()
        vs = [self.unique('v') for _ in range(r.randint(1, 4))]
        job = ['to_thread', d] + (['a'] if self.p(.25) else [])
        f = self.fn([job, ['return', 1]] if self.p(.6) else [['try', [job], ['swallow', []], None, None], self.pause()])
        out = [['spawn', v, f] for v in vs] + [r.choice([['yield'], ['sleep', d], ['sleep', 5], ['log', 'x']])]
        out += [['call_later', 'h8', d, [['log', 'timer']]]] * self.p(.5) + [['block', r.choice([d, d + 5, 3])]] * self.p(.6)
        out += [['yield']] * r.randrange(2) + [['cancel', r.choice(vs)]] * r.randrange(3)
        return out + [self.catch(r.choice([['wait_for', vs[0], d], ['gather', vs, True], ['timeout', self.unique('t'), d, [['await', vs[-1]]]]]))]

    def g_self_cancel(self):
        r, v = self.r, self.unique('v')
        tail = r.choice([[['return', 5]], [['raise', 'a']], [['yield']], [['sleep', 10]], [['uncancel'], ['yield']], [['uncancel'], ['return', 1]],
                         [['timeout', self.unique('t'), 10, [['sleep', 5]]]], [['get', 'q1']], [['acquire', 's3']],
                         [['try', [['sleep', 5]], ['swallow', []], None, None], ['sleep', 5]]])
        if self.p(.3):
            return [['spawn', v, self.fn([['sleep', 5]] + tail)], ['cancel', v]] + [self.catch(['await', v])]
        return [['spawn', v, self.fn([['cancel', 'self']] * r.choice([1, 1, 2]) + tail)], self.catch(['await', v]), ['state', v]]

    def g_future(self):
        """Several waiters of one bare future."""
        r, u = self.r, self.unique('v')
        vs = [self.unique('v') for _ in range(r.randint(2, 3))]
        fs = [self.fn([r.choice([['await', u], ['await', u], ['shield', u], ['gather', [u], self.p(.6)], ['wait_for', u, 10]]),
                       self.pause()]) for _ in vs]
        then = r.choice([['fut_set', u, 6], ['fut_error', u, 'c'], ['cancel', vs[-1]], ['cancel', vs[0]], ['yield']])
        act = r.choice([['fut_set', u, 5], ['fut_error', u, 'b'], ['cancel', u, 'm'], ['cancel', u, 'm'], ['cancel', vs[0]], ['cancel', vs[0], 'm']])
        return [['future', u], ['done_cb', u, [['log', 'done']]]] + [['spawn', v, f] for v, f in zip(vs, fs)] + \
            [['yield']] * r.randrange(3) + [act, then, self.catch(['await', vs[-1]])]

    def g_ties(self):
        """Many timers for one instant, made at different times."""
        r, d = self.r, r_ms(self.r)
        out = [['call_later', self.unique('h'), d, [['log', f'cb{i}']]] for i in range(r.randint(1, 3))]
        out += [['spawn', self.unique('v'), self.fn([['sleep', d], ['log', 's']])] for _ in range(r.randint(1, 3))]
        out += [['call_later', self.unique('h'), d, [['log', 'late']]], ['call_soon', 'h7', [['log', 'soon']]]]
        r.shuffle(out)
        return out + [r.choice([['block', d], ['sleep', d], ['block', d + 5], ['yield']]), ['yield']]

    GADGETS = dict(same_tick=2, woken_waiter=3, nested_timeouts=2, reschedule=1, group=3, cleanup=1.5, gather=2, done_already=1.5, wait=1.5,
                   shield=1.5, wait_for=1.5, chain=1.5, condition=1.5, barrier=1.5, queue=1.5, threads=1.5,
                   self_cancel=1.5, future=1.5, ties=1, as_completed=.8)
    LIKED = dict(cancel=['same_tick', 'cleanup', 'gather', 'shield', 'chain', 'self_cancel', 'future', 'wait', 'done_already'],
                 sync=['woken_waiter', 'condition', 'barrier'], groups=['group', 'gather', 'done_already', 'wait', 'as_completed'],
                 timeouts=['nested_timeouts', 'reschedule', 'wait_for', 'wait', 'ties'], queues=['queue', 'woken_waiter'],
                 threads=['threads', 'threads', 'ties'], mixed=[])

    def gadget(self):
        names = list(self.GADGETS)
        liked = self.LIKED[self.focus]
        w = [self.GADGETS[g] * (6 if g in liked else .4 if liked else 1) for g in names]
        return getattr(self, 'g_' + self.r.choices(names, w)[0])()

    # ---- the program
    def program(self, ident):
        r = self.r
        for i in range(self.nfns - 1, -1, -1):
            body = self.body(i, self.depth)
            if self.p(.3):
                body[r.randrange(len(body) + 1):0] = self.gadget()
            if self.p(.5):
                body.append(['return', 10 + i])
            self.fns[f'f{i}'] = body
        parts = []
        for i in range(r.randint(1, self.nfns)):
            parts.append([['spawn', f'v{i}', f'f{r.randrange(self.nfns)}']])
        parts += [self.gadget() for _ in range(r.randint(0 if self.nfns > 2 else 1, self.ngadgets + 1))]
        parts += [self.op(-1, self.depth) for _ in range(r.randint(1, self.nops))]
        r.shuffle(parts)
        main = [self.catch(*p) if self.p(.6) and any(op[0] not in ('spawn', 'yield') for op in p) else p for p in parts]
        main = [op for p in main for op in ([p] if isinstance(p[0], str) else p)]
        if self.p(.5):                           # help for those who wait for ever
            main.insert(0, ['call_later', 'h99', r.choice([20, 40]), [['set', 'e0'], ['set', 'e1'], ['release', 's0'], ['release', 's3'],
                                                                     ['put_nowait', 'q1', 9], ['get_nowait', 'q0']]])
        if self.p(.6):
            main = [['timeout', 't99', r.choice([30, 50, 100]), main]]
            if self.p(.7):
                main = [self.catch(*main)]
        if self.p(.3):
            main.append(['wait', [f'v{i}' for i in range(2)], 'ALL_COMPLETED', 20])
        if self.p(.5):
            main.append(['return', 1])
        self.fns['main'] = main
        fns = reachable(self.fns)
        text = json.dumps(fns)
        return {'id': ident, 'limit': r.randint(10, 60) if self.p(.02) else self.limit, 'workers': r.choice([1, 2, 2, 3]),
                'objects': {k: v for k, v in OBJECTS.items() if f'"{k}"' in text}, 'fns': fns}


def r_ms(r): return r.choice([5, 10, 10, 20])
def r_n(r): return r.randint(1, 3)


def reachable(fns):
    """Only the functions that main can reach, renumbered in order of first use."""
    names, queue = {'main': 'main'}, ['main']

    def visit(x):
        if isinstance(x, list):
            for y in x:
                visit(y)
        elif isinstance(x, str) and x in fns and x not in names:
            names[x] = f'f{len(names)}'
            queue.append(x)

    def rename(x):
        return [rename(y) for y in x] if isinstance(x, list) else names.get(x, x) if isinstance(x, str) and x != 'main' else x
    for f in queue:
        visit(fns[f])
    return {names[f]: rename(fns[f]) for f in queue}


def generate(seed, count, size=None, focus=None):
    for i in range(count):
        rng = random.Random(f'{seed}/{size}/{focus}/{i}')
        s = size or rng.choices(['small', 'medium', 'large'], [5, 4, 1])[0]
        f = focus or FOCI[i % len(FOCI)]
        yield Gen(rng, s, f).program(f'{seed}-{i}-{f}-{s}')


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('seed')
    p.add_argument('count', type=int)
    p.add_argument('--size', choices=list(SIZES))
    p.add_argument('--focus', choices=FOCI)
    a = p.parse_args()
    for prog in generate(a.seed, a.count, a.size, a.focus):
        print(json.dumps(prog, separators=(',', ':')))


if __name__ == '__main__':
    main()
