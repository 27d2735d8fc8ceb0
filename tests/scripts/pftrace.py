"""Perfetto's protobuf, read packet by packet: an independent reading of what the exporter writes.

Knows nothing of the C++ code; field numbers are those of protos/perfetto/trace in github.com/google/perfetto.
"""
import hashlib
from collections import Counter, defaultdict

BEGIN, END, INSTANT, COUNTER = 1, 2, 3, 4
CATEGORIES = {1: 'spawn', 2: 'wake', 3: 'cancel'}  # of a flow, by its number modulo 4


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def fields(data):
    """(number, value) in order; the value is a number or bytes."""
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        elif tag & 7 == 1:
            value, at = int.from_bytes(data[at:at + 8], 'little'), at + 8
        else:
            assert tag & 7 == 2, f'wire type {tag & 7}'
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
            assert len(value) == size, 'cut off'
        yield tag >> 3, value


def message(data):
    out = defaultdict(list)
    for number, value in fields(data):
        out[number].append(value)
    return out


def text(values):
    return values[0].decode() if values else ''


def number(values, default=0):
    return values[0] if values else default


def packets(data):
    """The packets as bytes, tag and length included."""
    at, out = 0, []
    while at < len(data):
        begin = at
        tag, at = varint(data, at)
        assert tag == 10, f'no packet at {begin}'
        size, at = varint(data, at)
        at += size
        out.append(data[begin:at])
    return out


def content(packet):
    _, at = varint(packet, 1)
    return packet[at:]


class Pftrace:
    """tracks: uuid -> name and more; slices, instants, flows, counters as in expected_trace; faults: what breaks a rule."""

    def __init__(self, data):
        self.faults = []
        self.tracks, self.names, self.categories = {}, {}, {}
        self.slices, self.instants, self.flows, self.counters, self.outer = Counter(), Counter(), Counter(), Counter(), Counter()
        self.open, self.ends, self.last, self.events = defaultdict(list), defaultdict(list), (0, 0), 0
        all_packets = packets(data)
        for i, packet in enumerate(all_packets):
            self.packet(message(content(packet)), i == 0)
        self.own_block(all_packets, data)
        for uuid, stack in self.open.items():
            if stack:
                self.fault(f'{len(stack)} slices of {self.lane(uuid)} never end')
        for flow, ends in self.ends.items():
            if [is_end for is_end, _ in ends] != [False, True]:
                self.fault(f'flow {flow} has the ends {ends}')
            else:
                self.flows[CATEGORIES[flow % 4], ends[0][1], ends[1][1]] += 1

    def fault(self, what):
        self.faults.append(what)

    def packet(self, p, is_first):
        if number(p[10]) == 0:
            self.fault('a packet belongs to no sequence')
        if number(p[13]) != (1 if is_first else 2):
            self.fault('the first packet clears the state, and it alone')
        if p[12]:
            self.interned(message(p[12][0]))
        if p[60]:
            self.track(message(p[60][0]))
        if p[11]:
            self.event(number(p[8]), message(p[11][0]))

    def interned(self, data):
        for field, strings in ((1, self.categories), (2, self.names)):
            for entry in map(message, data[field]):
                if number(entry[1]) in strings:
                    self.fault(f'{text(entry[2])} is defined twice')
                strings[number(entry[1])] = text(entry[2])

    def track(self, t):
        uuid, parent = number(t[1]), number(t[5])
        counter = message(t[8][0]) if t[8] else None
        if self.events:
            self.fault('a track is described after an event')
        if t[3] or t[4]:
            self.fault('a track stands for a process or a thread')
        if parent and parent not in self.tracks:
            self.fault('a track is described before its parent')
        if number(t[15]) != 2 or (number(t[11]) != 3 and not counter):
            self.fault('a track may be merged, or does not order its children')
        ranks = [t['rank'] for t in self.tracks.values() if t['parent'] == parent]
        if ranks and ranks[-1] >= number(t[12]):
            self.fault('siblings are not in their order')
        self.tracks[uuid] = {'name': text(t[2]), 'parent': parent, 'rank': number(t[12]),
                             'unit': text(counter[6]) if counter else None}

    def seen(self):
        """As expected_trace tells it."""
        lanes, tree = Counter(), Counter()
        for t in self.tracks.values():
            if t['unit'] is None:
                lanes[t['name']] += 1
                if t['name'] not in ('awaits', 'resources'):
                    tree[self.tracks[t['parent']]['name'] if t['parent'] else '', t['name']] += 1
        return {'tree': tree, 'slices': self.slices, 'flows': self.flows, 'counters': self.counters, 'outer': self.outer,
                'lanes': lanes, 'instants': self.instants, 'complaints': Counter(self.faults)}

    def lane(self, uuid):
        """What a task waits for counts as its own."""
        track = self.tracks[uuid]
        return self.tracks[track['parent']]['name'] if track['name'] == 'awaits' else track['name']

    def event(self, time, e):
        self.events += 1
        uuid, kind = number(e[11]), number(e[9])
        if uuid not in self.tracks:
            self.fault(f'track {uuid} is unknown')
            return
        order = {INSTANT: 0, COUNTER: 0, END: 1, BEGIN: 2}[kind]
        if (time, order) < self.last:
            self.fault(f'at {time}: out of order')
        self.last = (time, order)
        name = self.names.get(number(e[10]), '')
        stack = self.open[uuid]
        if kind == BEGIN:
            self.slices[self.lane(uuid), name] += 1
            self.outer[self.lane(uuid)] += not stack
            stack.append(name)
        elif kind == END:
            if not stack:
                self.fault(f'a slice of {self.lane(uuid)} ends that did not begin')
                return
            name = stack.pop()
        elif kind == INSTANT:
            self.instants[self.lane(uuid)] += 1
        else:
            self.counters[f'{self.tracks[uuid]["name"]} {self.tracks[uuid]["unit"]}'] += 1
        for old, new, is_end in ((36, 47, False), (42, 48, True)):
            if e[old] != e[new]:
                self.fault('the old and the new field of flows differ')
            for flow in e[new]:
                self.ends[flow].append((is_end, name))

    def own_block(self, all_packets, data):
        last = message(content(all_packets[-1]))
        if not last[1999]:
            self.fault('the native trace is missing')
            return
        own = message(last[1999][0])
        before = data[:len(data) - len(all_packets[-1])]
        if text(own[2]) != hashlib.sha256(before).hexdigest():
            self.fault('the hash does not fit')


def put_varint(value):
    out = b''
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def put_fields(pairs):
    out = b''
    for field, value in pairs:
        if isinstance(value, bytes):
            out += put_varint(field << 3 | 2) + put_varint(len(value)) + value
        elif field in (47, 48):
            out += put_varint(field << 3 | 1) + value.to_bytes(8, 'little')
        else:
            out += put_varint(field << 3) + put_varint(value)
    return out


def edited(packet, change):
    """The packet with its event's fields changed: `change` takes and gives a list of pairs."""
    return put_fields([(1, put_fields([(f, put_fields(change(list(fields(v)))) if f == 11 else v)
                                       for f, v in fields(content(packet))]))])


def mutations(data):
    """Exports broken on purpose: what was done, and the bytes."""
    all_packets = packets(data)
    events = []
    for i, packet in enumerate(all_packets):
        p = message(content(packet))
        events.append((number(p[8]), message(p[11][0])) if p[11] else (0, None))

    def having(*wanted):
        return [i for i, (_, e) in enumerate(events) if e and all(e[f] for f in wanted)]

    def but(replaced):
        return b''.join(replaced.get(i, p) for i, p in enumerate(all_packets))

    ends = having(42, 48)
    flows = (36, 42, 47, 48)
    yield 'an arrow without its end', but({ends[0]: edited(all_packets[ends[0]], lambda e: [x for x in e if x[0] not in (42, 48)])})
    yield 'no arrows', but({i: edited(all_packets[i], lambda e: [x for x in e if x[0] not in flows])
                            for i in having(36) + ends})
    a = ends[-1]
    b = next(i for i in reversed(ends) if events[i][1][10] != events[a][1][10])
    swap = {i: edited(all_packets[i], lambda e, other=other: [x for x in e if x[0] not in (42, 48)]
                      + [(f, v) for f in (42, 48) for v in events[other][1][f]]) for i, other in ((a, b), (b, a))}
    yield 'the ends of two arrows swapped', but(swap)
    by_track = defaultdict(list)
    for i, (_, e) in enumerate(events):
        if e and number(e[9]) in (BEGIN, END):
            by_track[number(e[11])].append(i)
    end, begin = next((i, j) for ids in by_track.values() for i, j in zip(ids, ids[1:])
                      if (number(events[i][1][9]), number(events[j][1][9])) == (END, BEGIN) and events[i][0] == events[j][0])
    yield 'a beginning before the end at its timestamp', but({end: all_packets[begin], begin: all_packets[end]})
    # The end of a slice moves behind the beginning of the next one of its track.
    ids = next(ids for ids in by_track.values() if [number(events[i][1][9]) for i in ids[:4]] == [BEGIN, END, BEGIN, END]
               and events[ids[1]][0] < events[ids[2]][0])
    later = put_fields([(1, put_fields([(f, events[ids[2]][0] + 1 if f == 8 else v) for f, v in fields(content(all_packets[ids[1]]))]))])
    yield 'a slice that overlaps the next', but({ids[1]: b'', ids[2]: all_packets[ids[2]] + later})
    slice_of = next(ids[i:i + 2] for ids in by_track.values() for i in range(0, len(ids) - 1)
                    if [number(events[j][1][9]) for j in ids[i:i + 2]] == [BEGIN, END]
                    and not any(events[j][1][f] for j in ids[i:i + 2] for f in flows)
                    and not any(message(content(all_packets[j]))[12] for j in ids[i:i + 2]))
    yield 'a slice too few', but({i: b'' for i in slice_of})
    points = [i for i, (_, e) in enumerate(events) if e and number(e[9]) == COUNTER]
    if points:
        yield 'a counter without its point', but({points[-1]: b''})
