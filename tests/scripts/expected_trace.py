"""What a viewer must show of a run, told from its text notation alone: an independent reading of what the exporters say.

Knows nothing of the C++ code; the rules are those of docs: a slice a step, a slice a wait, arrows from the step that did
something to the step it led to.
"""
import re
from collections import Counter, defaultdict

FIELD = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|\S+)')
ESCAPE = re.compile(r'\\(x..|u....|U........|.)')


def unquote(text):
    if not text.startswith('"'):
        return text
    plain = {'n': '\n', 't': '\t', 'r': '\r'}

    def one(match):
        code = match[1]
        return chr(int(code[1:], 16)) if code[0] in 'xuU' and len(code) > 1 else plain.get(code, code)
    return ESCAPE.sub(one, text[1:-1])


def events_of(path):
    for line in open(path, encoding='utf-8'):
        if line.startswith('#') or not line.strip():
            continue
        seq, time, kind, rest = (line.rstrip('\n') + '   ').split(' ', 3)
        fields = {k: unquote(v) for k, v in FIELD.findall(rest)}
        for key, value in fields.items():
            if value.isdigit() and key not in ('name', 'text', 'what', 'function', 'error', 'message'):
                fields[key] = int(value)
        seconds, fraction = time.split('.')
        yield {'seq': int(seq), 'time': int(seconds) * 10**9 + int(fraction), 'kind': kind, 'task': 0, 'cause': 0, **fields}


class Expected:
    """slices: Counter of (lane, slice); flows: Counter of (category, source slice, target slice); counters: name -> points."""

    def __init__(self, path):
        self.head = [line for line in open(path, encoding='utf-8') if line.startswith('#')]
        self.events = list(events_of(path))
        self.by_seq = {e['seq']: e for e in self.events}
        self.slices, self.flows, self.counters = Counter(), Counter(), Counter()
        self.rests = Counter()  # of the slices, those that only viewers of Chrome's format need
        self.names_of_tasks()
        self.steps_and_waits()
        self.count_resources()
        self.arrows()
        self.loop_lane()
        self.rest_of_blocked_steps()
        self.instants = Counter(self.task[e['task']] for e in self.events if self.is_instant(e))
        self.run_wide = sum(e['kind'] == 'dropped' or e['kind'] == 'run_end' and e.get('how') != 'ok'
                            or e['kind'] == 'bookmark' and e['task'] == 0 for e in self.events)

    @staticmethod
    def is_instant(e):
        kind = e['kind']
        return (kind.startswith(('cancel_', 'region_')) or kind in ('diagnosed', 'coro_unstarted', 'log', 'annotation',
                                                                      'intervened')
                or kind == 'task_done' and e.get('how') != 'returned' or kind == 'bookmark' and e['task'] != 0)

    def of(self, *kinds):
        return [e for e in self.events if e['kind'] in kinds]

    def names_of_tasks(self):
        made = self.of('task_created')
        groups = defaultdict(list)
        for e in made:
            groups[e.get('parent', 0), e.get('name', '')].append(e['task'])
        self.task = {0: 'loop'}
        for (_, name), tasks in groups.items():
            for i, task in enumerate(tasks):
                self.task[task] = f'{name}-{i + 1}' if len(tasks) > 1 else name
        resources = self.of('resource_created')
        several = Counter(e['name'] for e in resources)
        self.resource = {e['resource']: e['name'] + (f' #{e["resource"]}' if several[e['name']] > 1 else '') for e in resources}
        self.kind_of_resource = {e['resource']: e.get('type') for e in resources}
        self.job = {e['job']: e.get('function', '') for e in self.of('job_submitted')}
        self.request = {e['request']: e.get('what', '') for e in self.of('request_begin')}

    def what(self, end):
        wait, thing = end.get('waits', 'none'), end.get('object', 0)
        name = ''
        if wait == 'task':
            name = self.task.get(thing, '')
        elif wait in ('semaphore', 'lock', 'event', 'condition', 'barrier', 'queue_get', 'queue_put', 'queue_join'):
            name = self.resource.get(thing, '')
        elif wait == 'job':
            name = self.job.get(thing, '')
        elif wait == 'request':
            name = self.request.get(thing, '')
        return f'{wait} {name}'.strip()

    def steps_and_waits(self):
        self.steps = defaultdict(list)  # task: [first, last]
        phase, since, queued = {}, {}, defaultdict(bool)

        def leave(task, e):
            old = phase.get(task)
            if old in ('created', 'ready') and e['time'] > since[task]['time']:
                self.slices[self.task[task], old] += 1
            since[task] = e

        for e in self.events:
            task = e['task']
            if e['kind'] == 'task_created':
                phase[task], since[task] = 'created', e
            elif e['kind'] == 'task_ready':
                queued[task] = True
                if phase[task] == 'waiting':
                    leave(task, e)
                    phase[task] = 'ready'
            elif e['kind'] == 'step_begin' and phase[task] != 'done':
                leave(task, e)
                phase[task], queued[task] = 'running', False
                self.slices[self.task[task], self.task[task]] += 1
                self.steps[task].append([e['seq'], None])
            elif e['kind'] == 'step_end' and phase[task] == 'running':
                self.steps[task][-1][1] = e['seq']
                leave(task, e)
                phase[task] = 'ready' if queued[task] or e.get('waits') == 'yield' else 'waiting'
                if phase[task] == 'waiting':
                    self.slices[self.task[task], 'waits for ' + self.what(e)] += 1
            elif e['kind'] == 'task_done':
                if phase[task] == 'running':
                    self.steps[task][-1][1] = e['seq']
                leave(task, e)
                phase[task] = 'done'
        # What is still open reaches to the last event.
        for task in phase:
            if phase[task] in ('created', 'ready'):
                leave(task, self.events[-1])

    def count_resources(self):
        value, waiters, told, points, capacity = Counter(), Counter(), set(), defaultdict(list), {}
        users = Counter()  # of a connection that tells no level: who carries a request over it
        in_flight = set()
        for e in self.events:
            kind, resource = e['kind'], e.get('resource', e.get('service', 0))
            if kind == 'resource_created':
                capacity[resource] = e.get('capacity', 0)
                if e.get('type') in ('semaphore', 'lock', 'pool', None):
                    value[resource] = capacity[resource]
            elif kind in ('acquire_begin', 'acquired', 'acquire_abandoned', 'released', 'level'):
                value[resource], waiters[resource] = e.get('left', e.get('value', 0)), e.get('waiters', 0)
                users[resource] += {'acquired': 1, 'released': -1}.get(kind, 0)
                if kind == 'level':
                    told.add(resource)
            elif kind == 'cell_write':
                value[resource] = e['version']
            elif kind == 'request_begin':
                in_flight.add(e['request'])
                value[resource] += resource not in told
            elif kind == 'request_end' and e['request'] in in_flight:
                in_flight.discard(e['request'])
                value[resource] -= resource not in told
            elif kind != 'request_end':
                continue
            used = value[resource]
            if self.kind_of_resource.get(resource) in ('semaphore', 'lock', 'pool', None):
                used = max(0, capacity.get(resource, 0) - used)
            elif self.kind_of_resource.get(resource) == 'connection' and resource not in told:
                used = users[resource]
            if not points[resource] or points[resource][-1] != (used, waiters[resource]):
                points[resource].append((used, waiters[resource]))
        for resource, values in points.items():
            key = {'queue': 'items', 'service': 'in_flight', 'cell': 'version'}.get(self.kind_of_resource.get(resource), 'used')
            self.counters[f'{self.resource[resource]} {key}'] = len(values)
            if any(w for _, w in values):
                self.counters[f'{self.resource[resource]} waiters tasks'] = len(values)

    def step_around(self, task, seq):
        return next((s for s in reversed(self.steps[task]) if s[0] <= seq), None)

    def arrows(self):
        self.touched, self.loop_sources = defaultdict(list), set()
        for e in self.of('task_created', 'task_ready', 'cancel_requested'):
            if e['kind'] == 'task_ready' and e.get('why', 'start') in ('start', 'yield'):
                continue
            category = {'task_created': 'spawn', 'task_ready': 'wake', 'cancel_requested': 'cancel'}[e['kind']]
            source, target = e.get('parent' if category == 'spawn' else 'by', 0), e['task']
            first = e['cause'] or e['seq']
            if category == 'cancel':
                step = self.step_around(target, e['seq'])
                if not step or (step[1] and step[1] < e['seq']):
                    step = next((s for s in self.steps[target] if s[0] > e['seq']), None)
            else:
                step = next((s for s in self.steps[target] if s[0] > e['seq']), None)
            if not step or (source and not self.step_around(source, first)):
                continue  # it never ran again: there is no slice to point at
            if source:
                self.touched[source].append(first)
            else:
                self.loop_sources.add(first)
            self.touched[target].append(e['seq'])
            self.flows[category, self.task[source] if source else self.by_seq[first]['kind'], self.task[target]] += 1

    def loop_lane(self):
        self.slices['loop', 'run'] += 1
        for e in self.events:
            if e['kind'] == 'tick_begin':
                self.slices['loop', f'tick {e["tick"]}'] += 1
            elif e['kind'] == 'idle_begin':
                self.slices['loop', 'idle'] += 1
            elif e['kind'] == 'callback_begin':
                self.slices['loop', 'callback ' + e.get('name', '')] += 1
        for first in self.loop_sources:
            self.slices['loop', self.by_seq[first]['kind']] += 1
        begun = {}
        for e in self.of('step_begin', 'step_end'):
            if e['kind'] == 'step_begin':
                begun[e['task']] = e['time']
            elif e['time'] - begun[e['task']] >= 10**8:
                self.slices['loop', 'stall: ' + self.task[e['task']]] += 1

    def rest_of_blocked_steps(self):
        self.blocks = Counter()  # slices within a step, by lane
        for task, steps in self.steps.items():
            for first, last in steps:
                inside = [e for e in self.events if first <= e['seq'] <= (last or 1 << 40) and e['task'] == task]
                blocks = [e for e in inside if e['kind'] == 'block_begin']
                ends = [e for e in inside if e['kind'] == 'block_end']
                for i, block in enumerate(blocks):
                    self.slices[self.task[task], block.get('what', 'blocking call')] += 1
                    self.blocks[self.task[task]] += 1
                    until = blocks[i + 1]['seq'] if i + 1 < len(blocks) else last or 1 << 40
                    if i < len(ends) and any(ends[i]['seq'] < t <= until for t in self.touched[task]):
                        self.slices[self.task[task], self.task[task]] += 1
                        self.rests[self.task[task], self.task[task]] += 1

    def of_pftrace(self):
        """The same for a .pftrace: what counts there by name, and how much is not within another slice of its lane."""
        title = next((line[11:].strip() for line in self.head if line.startswith('# scenario ')), 'awaitscope')
        title += ''.join(f' ({line[10:].strip()})' for line in self.head if line.startswith('# variant '))
        slices = self.slices - self.rests
        outer = Counter()
        for (lane, _), n in slices.items():
            outer[lane] += n
        outer -= self.blocks
        outer['loop'] = 1
        lanes = Counter(self.task.values())
        lanes += {title: 1, 'awaits': len(self.task) - 1, **({'resources': 1} if self.counters else {})}
        tree = Counter({('', title): 1, (title, 'loop'): 1})
        for e in self.of('task_created'):
            tree[self.task[e['parent']] if e.get('parent') else title, self.task[e['task']]] += 1
        return {'tree': tree, 'slices': slices, 'flows': self.flows, 'counters': self.counters, 'outer': outer, 'lanes': lanes,
                'instants': self.instants + Counter({title: self.run_wide}), 'complaints': Counter()}


def differences(seen, wanted):
    """Lines of what differs."""
    out = []
    for what, want in wanted.items():
        have = seen.get(what, Counter())
        for key in sorted(set(want) | set(have), key=str):
            if want[key] != have[key]:
                out.append(f'{what}: {key}: expected {want[key]}, seen {have[key]}')
    return out
