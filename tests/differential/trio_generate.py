#!/usr/bin/env python3
"""Random programs for the differential test kit, trio's mode (language: trio_spec.md), one JSON program per line.

    trio_generate.py SEED COUNT [--size small|medium|large] [--focus scopes|nurseries|channels|sync|mixed]

Deterministic in its arguments.  Without --size or --focus every program draws its own.  Half of the material is random ops,
half "gadgets": small known races.  Ties are frequent within a task (equal deadlines) and where trio decides them; times of
different tasks are mostly different, for trio leaves the order within a batch open and the oracle drops what depends on it."""
import argparse, json, random
from generate import reachable

FOCI = ['scopes', 'nurseries', 'channels', 'sync', 'mixed']
#        functions, ops per body, nesting, gadgets, step limit
SIZES = {'small': (1, 3, 2, 1, 200), 'medium': (3, 4, 3, 2, 500), 'large': (5, 5, 3, 5, 1500)}
KINDS = ['a', 'b', 'c']
FOREVER = 10_000                                 # ms; main's own deadline, so that every program ends

# how often an op is drawn: base weight, then the weight added by a focus ('mixed' adds half of all)
BASE = dict(log=1, sleep=9, checkpoint=4, forever=.5, block=1, call=2, scope=4, cancel=3, try_=5, loop=1, raise_=2, return_=.7, state=1,
            nursery=2, start_soon=1, probe=2)
EXTRA = {
    'scopes': dict(scope=8, cancel=4, deadline=5, shield=5, state=3, block=2, try_=3, forever=2),
    'nurseries': dict(nursery=7, start_soon=5, start=5, raise_=2, cancel=3, shield=1, started=1),
    'channels': dict(send=5, receive=5, send_nowait=3, receive_nowait=3, close=3, each=2, nursery=2),
    'sync': dict(with_=6, acquire=5, release=4, acquire_nowait=2, wait=4, set=3, is_set=1, nursery=2),
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
        self.fns, self.objects, self.open, self.count = {}, {}, [], 0

    # ---- small draws
    def ms(self): return self.r.randrange(1, 50)
    def short(self): return self.r.randrange(1, 6)
    def p(self, x): return self.r.random() < x
    def kind(self): return self.r.choice(KINDS)
    def near(self, d): return self.r.choice([d, d, d, d + 1, max(0, d - 1), 0, d + 7])

    def unique(self, letter):
        self.count += 1
        return f'{letter}{10 + self.count}'

    def new(self, kind, *args):
        """A fresh object; returns its name."""
        name = self.unique(kind)
        self.objects[name] = [kind, *args]
        return name

    def obj(self, kind):
        """An object that others may use too."""
        have = [k for k, v in self.objects.items() if v[0] == kind]
        if have and self.p(.7):
            return self.r.choice(have)
        return self.new(kind, *{'sem': self.r.choice([[0], [1], [1, 1], [2]]), 'chan': self.r.choice([[0], [0], [1], [3]])}.get(kind, []))

    def fn(self, body):
        """A new function; returns its name."""
        name = self.unique('f')
        self.fns[name] = body
        return name

    def any_fn(self, i):
        """A function that level i may start: one of a higher level (so there is no recursion)."""
        later = [f'f{j}' for j in range(i + 1, self.nfns)]
        return self.r.choice(later) if later and self.p(.8) else self.fn(self.leaf())

    def leaf(self):
        r = self.r
        body = [['sleep', self.ms()]] if self.p(.85) else [['checkpoint']]
        if self.p(.3):
            body = [['try', body, self.p(.7) and [r.choice(['swallow', 'reraise', 'reraise']), self.cleanup()] or None, None,
                     self.cleanup() if self.p(.4) else None]]
        x = r.random()
        return body + ([['raise', self.kind()]] if x < .2 else [['return', r.randrange(100)]] if x < .5 else [])

    def cleanup(self):
        """What a handler does: mostly something that a cancelled scope cuts off, or a shield against that."""
        r = self.r
        return r.choice([
            lambda: [], lambda: [['checkpoint']], lambda: [['sleep', self.ms()]], lambda: [['raise', self.kind()]],
            lambda: [['scope', self.unique('s'), self.ms(), True, [['sleep', self.ms()]]]],
            lambda: [['scope', self.unique('s'), self.ms(), True, [['sleep', self.ms()], ['raise', self.kind()]]]],
            lambda: [['scope', self.unique('s'), 60, True, [self.probe()]], self.probe()],
            lambda: [self.catch(self.probe()), ['log', 'on']]])()

    # ---- random bodies
    def body(self, i, depth, n=None):
        n = self.r.randint(1, self.nops) if n is None else n
        return [op for _ in range(n) for op in self.op(i, depth)]

    def op(self, i, depth):
        name = self.r.choices(self.ops, self.weights)[0]
        return getattr(self, 'o_' + name.rstrip('_'))(i, depth)

    def nested(self, i, depth):
        return self.body(i, depth - 1, self.r.randint(1, 3)) if depth > 0 else [['sleep', self.ms()]]

    def inside(self, name, i, d):
        """The body of a block whose scope has that name."""
        self.open.append(name)
        ops = self.nested(i, d)
        self.open.pop()
        return ops

    def guarded(self, *ops):
        """ops that may wait for ever, mostly with a deadline."""
        return [['move_on_after', self.unique('s'), self.ms(), list(ops)]] if self.p(.6) else list(ops)

    def block(self, name, ms, ops):
        """A scope with a deadline, of some kind."""
        x = self.r.random()
        return ['move_on_after', name, ms, ops] if x < .5 else ['fail_after', name, ms, ops] if x < .75 else ['scope', name, ms, x > .95, ops]

    def s(self):
        """The name of a scope: one around us, or just some scope."""
        return self.r.choice(self.open) if self.open and self.p(.7) else self.r.choice(['s0', 's1', 'g0', 'g1'])

    def g(self):
        around = [s for s in self.open if s[0] == 'g']
        return self.r.choice(around) if around and self.p(.8) else self.r.choice(['g0', 'g1'])

    def o_log(self, i, d): return [['log', self.r.choice('xyz')]]
    def o_sleep(self, i, d):
        return [['sleep', self.ms()] if self.p(.95) else ['sleep', -1] if self.p(.3) else ['sleep_until', self.r.choice([-5, 0, 9])]]

    def o_checkpoint(self, i, d): return [self.r.choice([['checkpoint'], ['sleep', 0]])] * self.r.choice([1, 1, 1, 2])
    def o_forever(self, i, d): return self.guarded(['sleep_forever'])
    def o_block(self, i, d): return [['block', self.ms()]]
    def o_call(self, i, d): return [['call', self.any_fn(i)]]
    def o_probe(self, i, d): return [self.probe()]
    def o_cancel(self, i, d): return [['cancel', self.s()]]
    def o_deadline(self, i, d): return [['deadline', self.s(), self.r.choice([0, -5, self.ms(), self.ms(), self.ms(), None])]]
    def o_shield(self, i, d): return [['shield', self.s(), self.p(.4)]]
    def o_state(self, i, d): return [['state', self.s()]]
    def o_raise(self, i, d): return [['raise', self.kind()]]
    def o_return(self, i, d): return [['return', self.r.choice([None, self.r.randrange(100)])]]
    def o_loop(self, i, d): return [['loop', self.r.randint(2, 3), self.nested(i, d)]]
    def o_started(self, i, d): return [['started', self.r.randrange(100)]]

    def o_scope(self, i, d):
        s = self.r.choice(['s0', 's1', self.unique('s')])
        x = self.r.random()
        if x < .3:
            return [['scope', s, None if self.p(.7) else self.ms(), False, self.inside(s, i, d)]]
        if x < .5:
            return [['scope', s, self.ms(), True, self.inside(s, i, d)]]
        return [self.block(s, -1 if self.p(.04) else 0 if self.p(.06) else self.ms(), self.inside(s, i, d))]

    def o_try(self, i, d):
        r, final = self.r, None
        cancel = None if self.p(.5) else [r.choice(['swallow', 'reraise']), [] if self.p(.4) else self.nested(i, d - 1)]
        error = None if self.p(.4) else [r.choice(['swallow', 'swallow', 'reraise']), [] if self.p(.6) else self.nested(i, d - 1)]
        if self.p(.4) or not (cancel or error):
            final = self.nested(i, d - 1) if self.p(.5) else self.cleanup()
        return [['try', self.nested(i, d), cancel, error, final]]

    def starts(self, g, fns):
        """Start children one after the other; rarely all in one batch."""
        out = []
        for f in fns:
            out += [['start_soon', g, f]] + ([['sleep', self.short()]] if self.p(.75) else [])
        return out

    def o_nursery(self, i, d):
        g = self.r.choice(['g0', 'g1', self.unique('g')])
        self.open.append(g)
        ops = self.starts(g, [self.any_fn(i) for _ in range(self.r.choice([1, 1, 2, 3]))]) + (self.nested(i, d) if self.p(.6) else [])
        self.open.pop()
        return [['nursery', g, ops]]

    def o_start_soon(self, i, d): return [['start_soon', self.g(), self.any_fn(i)]]

    def o_start(self, i, d):
        f = self.any_fn(i)
        if self.p(.7):                           # most of them do call started
            f = self.fn([['sleep', self.ms()], ['started', self.r.randrange(100)], self.pause(), ['call', f]])
        return self.guarded(['start', self.g(), f])

    def o_send(self, i, d): return self.guarded(['send', self.obj('chan'), self.r.randrange(10)])
    def o_receive(self, i, d): return self.guarded(['receive', self.obj('chan')])
    def o_each(self, i, d): return self.guarded(['each', self.obj('chan'), self.nested(i, d)])
    def o_send_nowait(self, i, d): return [['send_nowait', self.obj('chan'), self.r.randrange(10)]]
    def o_receive_nowait(self, i, d): return [['receive_nowait', self.obj('chan')]]
    def o_close(self, i, d): return [[self.r.choice(['close_send', 'close_receive', 'aclose_send', 'aclose_receive']), self.obj('chan')]]
    def o_with(self, i, d): return self.guarded(['with', self.obj(self.r.choice(['sem', 'lock'])), self.nested(i, d)])

    def o_acquire(self, i, d):
        o = self.obj(self.r.choice(['sem', 'lock']))
        return self.guarded(['acquire', o]) + ([['sleep', self.ms()], ['release', o]] if self.p(.7) else [])

    def o_release(self, i, d): return [['release', self.obj(self.r.choice(['sem', 'lock']))]]
    def o_acquire_nowait(self, i, d): return [['acquire_nowait', self.obj(self.r.choice(['sem', 'lock']))]]
    def o_wait(self, i, d): return self.guarded(['ev_wait', self.obj('event')])
    def o_set(self, i, d): return [['set', self.obj('event')]]
    def o_is_set(self, i, d): return [['is_set', self.obj('event')]]

    # ---- gadgets: op lists for any body; they bring their own functions, scopes and objects
    def pause(self): return self.r.choice([['checkpoint'], ['checkpoint'], ['sleep', 0], ['sleep', self.short()], ['log', 'now']])

    def catch(self, *ops):
        """ops whose error does not end the rest of the program; some swallow a cancellation too, which does not end that."""
        return ['try', list(ops), ['swallow', []] if self.p(.25) else None, ['swallow', []] if self.p(.95) else None, None]

    def probe(self):
        """One op: how does it act in a cancelled scope, and how many batches does it take?"""
        r, n = self.r, self.new
        return r.choice([
            lambda: ['checkpoint'], lambda: ['sleep', 0], lambda: ['sleep', self.short()], lambda: ['sleep_until', r.choice([-5, 0])],
            lambda: ['acquire', n('sem', 1)], lambda: ['acquire', n('lock')], lambda: ['with', n('lock'), [self.pause()]],
            lambda: ['send', n('chan', 1), 7], lambda: ['send_nowait', n('chan', r.choice([0, 1])), 7], lambda: ['receive_nowait', n('chan', 1)],
            lambda: [r.choice(['aclose_send', 'aclose_receive', 'close_send']), n('chan', 0)],
            lambda: self.set_event(), lambda: ['nursery', self.unique('g'), []], lambda: self.alone(['start_soon', None, self.fn(self.leaf())]),
            lambda: self.alone(['start', None, self.fn([self.pause(), ['started', 3], self.pause()])]),
            lambda: self.alone(['start', None, self.fn([['started', 4]] if self.p(.5) else [self.pause()])]),
            lambda: ['move_on_after', self.unique('s'), r.choice([0, 0, 3]), [['sleep', 3]]],
            lambda: ['fail_after', self.unique('s'), r.choice([0, 3]), [['sleep', 3]]],
            lambda: ['scope', self.unique('s'), r.choice([None, 0, -5, 3]), True, [['sleep', 2]]],
            lambda: ['scope', self.unique('s'), 3, True, [['nursery', self.unique('g'), [['start_soon', 'g0', self.fn(self.leaf())]]]]],
            lambda: ['call', self.fn([['return', 1]])], lambda: ['call', self.fn(self.leaf())],
            lambda: ['scope', self.unique('s'), None, False, [['cancel', 's0'], ['log', 'in']]]])()

    def set_event(self):
        e = self.new('event')
        return ['call', self.fn([['set', e], ['ev_wait', e]])]

    def alone(self, *ops):
        """A nursery of its own for ops that name none."""
        g = self.unique('g')
        return ['nursery', g, [[op[0], g, *op[2:]] for op in ops]]

    def g_deadlines(self):
        """Nested scopes with equal or near deadlines, and what expires while nobody looks."""
        r, d, s, t = self.r, self.ms(), self.unique('s'), self.unique('s')
        core = r.choice([['sleep', d], ['sleep', d], ['sleep', d + 20], ['sleep_forever'], ['block', d], ['block', d + 5], ['sleep', max(0, d - 1)],
                         ['sleep_until', d], ['try', [['sleep_forever']], ['swallow', []], None, None], ['ev_wait', self.new('event')],
                         ['try', [['sleep_forever']], None, None, self.cleanup()], ['acquire', self.new('sem', 0)]])
        inner = self.block(t, self.near(d), [core, r.choice([self.pause(), self.probe(), ['state', s], ['state', t], ['raise', 'a']])])
        return [self.catch(self.block(s, d, [self.catch(inner) if self.p(.4) else inner, self.probe(), ['sleep', self.short()]])), self.pause()]

    def g_woken(self):
        """A waiter is woken and cancelled in one step, in either order; or it is cancelled when the deadline is there."""
        r, d, s = self.r, self.ms(), self.unique('s')
        what = r.choice(['event', 'sem', 'sem', 'lock', 'receive', 'receive', 'send', 'send', 'close', 'each', 'broken'])
        pre, more = [], []
        if what == 'event':
            o = self.new('event')
            use, wake = ['ev_wait', o], ['set', o]
        elif what in ('sem', 'lock'):
            o = self.new('sem', 0) if what == 'sem' else self.new('lock')
            pre = [] if what == 'sem' else [['acquire', o]]
            use, wake = r.choice([['acquire', o], ['with', o, [self.pause()]]]), ['release', o]
            more = [r.choice([['acquire_nowait', o], ['move_on_after', self.unique('s'), 9, [['acquire', o]]]])]
        elif what in ('receive', 'close', 'each'):
            o = self.new('chan', r.choice([0, 1]))
            use = ['each', o, [self.pause()]] if what == 'each' else ['receive', o]
            wake = ['send_nowait', o, 5] if what == 'receive' else [r.choice(['close_send', 'close_receive', 'aclose_receive']), o]
            more = [['send_nowait', o, 6], ['receive_nowait', o]]
        else:
            o = self.new('chan', 0)
            use, wake = ['send', o, 5], ['receive_nowait', o] if what == 'send' else [r.choice(['close_receive', 'close_send']), o]
            more = [['receive_nowait', o]]
        ms = r.choice([None, None, d, d + 1])
        w = self.fn([['scope', s, ms, False, [use, self.pause(), self.pause()]], self.pause()])
        acts = [wake, r.choice([['cancel', s]] * 3 + [['deadline', s, 0], ['deadline', s, -1], ['log', 'x'], ['shield', s, True]])]
        if self.p(.4):
            acts.reverse()
        if self.p(.3):
            acts.insert(1, ['checkpoint'])
        if self.p(.4):
            acts += more
        g = self.unique('g')
        second = [['start_soon', g, self.fn([['move_on_after', self.unique('s'), d + 9, [use]]])], ['sleep', 1]] if self.p(.4) else []
        return pre + [self.catch(['nursery', g, [['start_soon', g, w], ['sleep', 1]] + second + [['sleep', max(1, d - 1 - bool(second))]] + acts +
                                  [['sleep', self.short()], *([['cancel', g]] if self.p(.7) else [])]])]

    def g_same_instant(self):
        """A waiter's deadline and its waker's wake-up fall on one instant: both are woken by time, so the waker comes too late."""
        r, d, s, g = self.r, self.ms(), self.unique('s'), self.unique('g')
        o = self.new('event')
        use, wake = r.choice([lambda: (['ev_wait', o], ['set', o]), lambda: self.of('sem', 0, 'acquire', 'release'),
                              lambda: self.of('chan', 0, 'receive', 'send_nowait'), lambda: self.of('chan', 0, 'send', 'receive_nowait')])()
        e = r.choice([d, d, d, d + 1, d - 1])
        waiter = self.fn([self.catch(self.block(s, e, [use, ['log', 'got it']])), self.pause(), ['state', s]])
        waker = self.fn([['sleep', d], wake, ['sleep', self.short()]])
        kids = [waiter, waker] if self.p(.7) else [waker, waiter]
        return [self.catch(['nursery', g, [['start_soon', g, k] for k in kids]])]

    def of(self, kind, n, use, wake):
        o = self.new(kind, n)
        return [use, o] + [5] * (use == 'send'), [wake, o] + [6] * (wake == 'send_nowait')

    def g_shield(self):
        """Shields that go up and down around a cancellation, from within and from another task."""
        r, d, s, t, u = self.r, self.ms(), self.unique('s'), self.unique('s'), self.unique('s')
        down = ['shield', t, False]
        if self.p(.4):
            acts = [['sleep', d + self.short()], r.choice([down, ['log', 'x'], ['cancel', t], ['shield', t, True]]),
                    r.choice([self.probe(), ['sleep', 4]]), r.choice([down, ['shield', t, True]]), self.probe()]
            return [self.catch(self.block(s, d, [['scope', t, 60, True, acts], self.pause()]))]
        f = self.fn([['scope', s, r.choice([None, d]), False, [['scope', t, r.choice([70, 70, d]), self.p(.5), [
            self.catch(['scope', u, None, False, [['sleep', 60]]]), self.probe(), ['sleep', 9]]], self.pause()]]])
        acts = [r.choice([['cancel', s], ['cancel', s], ['shield', t, True], down, ['cancel', u], ['deadline', s, 3], ['shield', u, True],
                          ['shield', u, False]]) for _ in range(r.randint(2, 5))]
        g = self.unique('g')
        return [self.catch(['nursery', g, [['start_soon', g, f], ['sleep', r.choice([d, self.ms()])]] +
                            [x for a in acts for x in [a] + [['sleep', self.short()]] * self.p(.6)] + [['sleep', 2]]])]

    def g_deadline(self):
        """A deadline is moved: before it, at it, when it has passed unseen, when the scope is cancelled already or left."""
        r, d, s = self.r, self.ms(), self.unique('s')
        move = ['deadline', s, r.choice([0, 0, -5, 1, self.short(), 20, None])]
        if self.p(.6):
            ops = r.choice([[['sleep', max(1, d - 1)], move, ['sleep', 9]], [move, ['sleep', d + 5]],
                            [['block', d + 3], move, self.probe(), ['sleep', 4]], [['block', d + 3], ['state', s], move, self.probe()],
                            [['block', d], ['shield', s, True], ['sleep', 3], move, ['sleep', 6]],
                            [['try', [['sleep', d + 9]], ['swallow', [move]], None, None], self.probe()], [move, ['state', s], self.probe()],
                            [move, ['checkpoint'], ['deadline', s, 5], ['checkpoint'], ['sleep', 9]]])
            return [self.catch(self.block(s, d, ops)), ['state', s]] + ([move, ['state', s]] if self.p(.2) else [])
        g = self.unique('g')
        f = self.fn([self.catch(self.block(s, d, [r.choice([['sleep', d + 9], ['sleep_forever'], ['sleep', d]]), self.pause()])), ['sleep', 2]])
        when = ['sleep', r.choice([d, d, max(1, d - 1), self.ms()])]
        return [self.catch(['nursery', g, [['start_soon', g, f], when, move, ['state', s], ['sleep', 3],
                                           ['deadline', s, r.choice([0, 3])], ['sleep', 9], ['cancel', s]]]), ['state', s]]

    def g_started(self):
        """start(): the caller or the nursery is cancelled around started(); errors before and after it."""
        r, d, s, g, h = self.r, self.ms(), self.unique('s'), self.unique('g'), self.unique('g')
        before = r.choice([['sleep', d], ['sleep', d], ['checkpoint'], ['log', 'x'], ['try', [['sleep', d + 9]], ['swallow', []], None, None],
                           ['scope', self.unique('s'), 60, True, [['sleep', d + 2]]]])
        value = ['started', r.choice([None, r.randrange(100)])]
        after = r.choice([[['sleep', self.ms()]], [['raise', self.kind()]], [self.pause(), value], [['sleep', self.short()], ['raise', self.kind()]],
                          [['sleep_forever']], [['cancel', h], self.probe()], [['cancel', s], self.probe()],
                          [['try', [['sleep', 40]], None, None, self.cleanup()]]])
        body = r.choice([[before, value] + after, [before, value] + after, [before] + after,
                         [before, ['raise', self.kind()]], [['raise', self.kind()]],
                         [self.block(self.unique('s'), 80, [before, value] + after)], [['call', self.fn([before, value])]] + after,
                         [['nursery', g, [['start_soon', g, self.fn(self.leaf())], before, value] + after]], [value, before] + after])
        call = ['start', h, self.fn(body)]
        ops = [call, self.pause()]
        call = self.block(s, r.choice([d, d, d + 5, self.ms()]), ops) if self.p(.6) else ['scope', s, None, False, ops]
        rest = [r.choice([['sleep', self.ms()], ['cancel', h], ['raise', self.kind()], ['log', 'rest'], self.probe()])]
        if self.p(.5):
            return [self.catch(['nursery', h, [self.catch(call) if self.p(.6) else call] + rest])]
        k = self.unique('g')                     # start() into somebody else's nursery
        act = r.choice([['cancel', h], ['cancel', k], ['cancel', s], ['raise', self.kind()], ['log', 'bye']])
        return [self.catch(['nursery', h, [['nursery', k, [['start_soon', k, self.fn([self.catch(call) if self.p(.5) else call, self.pause()])],
                                                           ['sleep', r.choice([d, d + 1, self.ms()])], act]]] + rest])]

    def g_errors(self):
        """Errors while others are cancelled; nested nurseries; who catches, and what is left of the groups."""
        r, d, s, g, h = self.r, self.ms(), self.unique('s'), self.unique('g'), self.unique('g')

        def kid(n):
            late = ['scope', self.unique('s'), 90, True, [['sleep', self.short() + 6 * n]]]
            return self.fn(r.choice([
                lambda: [['try', [['sleep', d + 30]], None, None, [late, ['raise', self.kind()]]]],
                lambda: [['sleep', d + n], ['raise', self.kind()]], lambda: [['sleep', d + 3 * n]],
                lambda: [['try', [['sleep', d + 30]], ['swallow', [late]], None, None], self.probe()],
                lambda: [['try', [['sleep_forever']], None, None, self.cleanup()]],
                lambda: [['nursery', h, [['start_soon', h, self.fn(self.leaf())], ['sleep', d + n]]]],
                lambda: [['move_on_after', self.unique('s'), d, [['sleep', d + 3]]], ['raise', self.kind()]]])())
        ops = self.starts(g, [kid(n) for n in range(r.randint(1, 3))])
        ops += r.choice([[], [], [['sleep', d]], [['sleep', d + 9], ['raise', self.kind()]], [['raise', self.kind()]], [['cancel', g]],
                         [['sleep', d], ['cancel', g]],
                         [['try', [['sleep', 70]], ['swallow', []], None, None], ['start_soon', g, self.fn(self.leaf())]],
                         [['try', [['sleep', 70]], None, None, self.cleanup()]], [['cancel', g], ['raise', self.kind()]]])
        block = ['nursery', g, ops]
        if self.p(.3):
            block = self.catch(block)
        if self.p(.5):
            ms, ops = r.choice([d, d + 4, d + 20]), [block, self.pause()]
            block = ['fail_after', s, ms, ops] if self.p(.3) else self.block(s, ms, ops)
        if self.p(.35):
            o = self.unique('g')
            bad = ['start_soon', o, self.fn([['sleep', d + 5], ['raise', 'c']])]
            block = ['nursery', o, [bad if self.p(.6) else ['log', 'o'], block, self.pause()]]
        if self.p(.3):
            block = self.block(self.unique('s'), d + self.short(), [block])
        return [self.catch(block), self.pause()]

    def g_late(self):
        """start_soon while the body has ended, in a cancelled nursery, after the end; children of children."""
        r, d, g = self.r, self.ms(), self.unique('g')
        leaf = self.fn(self.leaf())
        f = self.fn([['sleep', d], r.choice([['cancel', g], ['log', 'x'], ['raise', 'a'], ['start_soon', g, leaf]]),
                     ['start_soon', g, leaf], self.pause(), ['start_soon', g, self.fn([['log', 'first step'], self.probe()])]])
        rest = r.choice([[], [['sleep', d + 3]], [['cancel', g], ['start_soon', g, leaf]], [self.pause()]])
        return [self.catch(['nursery', g, [['start_soon', g, f]] + rest]), ['start_soon', g, leaf], self.catch(['start', g, leaf]),
                ['cancel', g], ['state', g]]

    def g_level(self):
        """A cancelled scope interrupts every checkpoint, but only those."""
        s = self.unique('s')
        probes = [['try', [self.probe()], ['swallow', []], ['swallow', []], None] for _ in range(self.r.randint(2, 5))]
        first = self.r.choice([[['cancel', s]], [['deadline', s, 0]], [['deadline', s, -3], ['state', s]], []])
        return [self.catch(self.block(s, self.r.choice([0, 0, 5]) if not first else 40, first + probes + [self.probe()])), self.pause()]

    def g_entry(self):
        """Blocks entered in a cancelled scope, with cleanup that is or is not shielded."""
        r, s, g, o = self.r, self.unique('s'), self.unique('g'), self.new('lock')
        ops = r.choice([[['with', o, [['log', 'in']]]], [self.block(self.unique('s'), 0, [self.probe()])],
                        [['nursery', g, [['start_soon', g, self.fn([['log', 'runs'], self.probe()])], self.probe()]]],
                        [['scope', self.unique('s'), r.choice([-5, 0, 9]), True, [self.probe(), ['sleep', 2], self.probe()]]],
                        [['try', [self.probe()], None, None, self.cleanup()]]])
        return [self.catch(['scope', s, None, False, [['cancel', s], *ops, self.probe()]]), ['acquire_nowait', o], self.pause()]

    def g_turns(self):
        """Two tasks step side by side: how many batches does an op take?"""
        r, g, s = self.r, self.unique('g'), self.unique('s')
        ops = [self.probe() if self.p(.7) else ['checkpoint'] for _ in range(r.randint(1, 3))]
        if self.p(.5):
            f = self.fn([self.catch(op) for op in ops])
        else:
            f = self.fn([['scope', s, None, False, [['cancel', s]] + [['try', [op], ['swallow', []], None, None] for op in ops]]])
        return [self.catch(['nursery', g, [['start_soon', g, f], *([['checkpoint']] * r.randint(2, 6)), ['log', 'here']]])]

    def g_channel(self):
        """Producers and consumers; the ends close early, late, twice; buffers are left over."""
        r, n, g = self.r, self.r.choice([0, 0, 1, 2, 3]), self.unique('g')
        c, s = self.new('chan', n), self.unique('s')
        close = r.choice([[['close_send', c]], [['close_send', c]], [['aclose_send', c]], [['close_receive', c]], [['aclose_receive', c]], []])
        prod = [[r.choice(['send', 'send', 'send_nowait']), c, i] for i in range(r.randint(1, 4))]
        prod = [x for op in prod for x in [op] + [['sleep', self.ms()]] * self.p(.5)] + close
        cons = r.choice([[['each', c, [self.pause()]]], [['each', c, [['sleep', self.short()]]]], [['loop', r.randint(1, 4), [['receive', c]]]],
                         [['move_on_after', s, self.ms(), [['each', c, [['sleep', self.ms()]]]]]],
                         [['receive', c], *close, self.catch(['receive', c])],
                         [['sleep', self.ms()], ['receive_nowait', c], ['receive', c], ['receive_nowait', c]]])
        kids = [self.fn([self.catch(*prod), ['log', 'p']] if self.p(.6) else prod),
                self.fn([self.catch(*cons), ['log', 'c']] if self.p(.7) else cons)]
        r.shuffle(kids)
        if self.p(.3):
            kids.append(self.fn([self.catch(['receive', c] if self.p(.6) else ['send', c, 8])]))
        act = r.choice([['close_send', c], ['close_receive', c], ['cancel', s], ['send_nowait', c, 9], ['receive_nowait', c], ['cancel', g],
                        ['log', 'x']])
        ops = self.starts(g, kids) + [['sleep', self.ms()], act, ['sleep', self.short()], *close]
        return [self.catch(['nursery', g, ops]), r.choice([['send_nowait', c, 1], ['receive_nowait', c], ['close_send', c], ['log', 'end']]),
                self.catch(['move_on_after', self.unique('s'), 5, [r.choice([['send', c, 1], ['receive', c], ['each', c, []]])]])]

    def g_waiters(self):
        """A queue of waiters: who is next when some are cancelled, and nobody overtakes."""
        r, g = self.r, self.unique('g')
        o = self.new('lock') if self.p(.4) else self.new('sem', *r.choice([[0], [1], [1, 1], [2]]))
        lock = self.objects[o][0] == 'lock'
        names = [self.unique('s') for _ in range(r.randint(1, 3))]
        use = r.choice([['with', o, [['sleep', self.ms()]]], ['acquire', o], ['with', o, [self.probe()]]])
        kids = [self.fn([['scope', s, r.choice([None, None, 20]), False, [['sleep', 1 + n], use, self.pause()]]] +
                        [['release', o]] * (use[0] == 'acquire' and self.p(.5))) for n, s in enumerate(names)]
        ops = [['acquire', o]] if lock or self.p(.5) else []
        ops += [['start_soon', g, k] for k in kids] if self.p(.2) else self.starts(g, kids)
        ops += [['sleep', self.r.randrange(5, 12)]]
        ops += [r.choice([['release', o], ['release', o], ['cancel', r.choice(names)], ['acquire_nowait', o], ['sleep', self.short()],
                          ['checkpoint']]) for _ in range(r.randint(2, 6))]
        if self.p(.4):
            ops += [self.catch(['move_on_after', self.unique('s'), self.ms(), [use]])]
        return [self.catch(['nursery', g, ops + [['sleep', self.ms()], ['cancel', g]]]), ['release', o], ['acquire_nowait', o]]

    GADGETS = dict(deadlines=2, woken=3, same_instant=1.5, shield=2, deadline=2, started=2.5, errors=2.5, late=1, level=1.5, entry=1.5, turns=1.5,
                   channel=2, waiters=2)
    LIKED = dict(scopes=['deadlines', 'shield', 'deadline', 'level', 'entry', 'same_instant'],
                 nurseries=['started', 'errors', 'late', 'entry', 'turns'], channels=['channel', 'woken'],
                 sync=['woken', 'waiters', 'same_instant', 'turns'], mixed=[])

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
            if self.p(.2):
                body[r.randrange(len(body) + 1):0] = self.gadget()
            if self.p(.4):
                body.append(['return', 10 + i])
            self.fns[f'f{i}'] = body
        parts = [self.gadget() for _ in range(r.randint(1, self.ngadgets + 1))]
        parts += [self.op(-1, self.depth) for _ in range(r.randint(0, self.nops))]
        r.shuffle(parts)
        main = [op for p in parts for op in ([self.catch(*p)] if self.p(.6) else p)]
        if self.p(.4):                           # some functions run beside all that
            main = [['nursery', 'g0', [['start_soon', 'g0', f'f{r.randrange(self.nfns)}']] + [['sleep', self.short()]] * self.p(.8) + main]]
            main = [self.catch(*main)] if self.p(.5) else main
        main = [['move_on_after', 'top', FOREVER, main]]
        if self.p(.5):
            main.append(['return', 1])
        self.fns['main'] = main
        fns = reachable(self.fns)
        text = json.dumps(fns)
        return {'id': ident, 'mode': 'trio', 'limit': r.randint(10, 60) if self.p(.02) else self.limit,
                'objects': {k: v for k, v in self.objects.items() if f'"{k}"' in text}, 'fns': fns}


def generate(seed, count, size=None, focus=None):
    for i in range(count):
        rng = random.Random(f'trio/{seed}/{size}/{focus}/{i}')
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
