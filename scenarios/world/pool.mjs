// Connections to a service and the pool that lends them, as world/pool.py and core/runtime/pool.h have them.
import { sleep } from './index.mjs';

/** A request was refused or failed. */
export class ServiceError extends Error {}

/** No connection became free in time. */
export class PoolTimeout extends Error {}

/** The other side: a request takes `latency` seconds; fails(n) says whether request number n, counted from 1, fails. */
export class Service {
  constructor(name, { latency = 1, fails = () => false } = {}) {
    Object.assign(this, { name, latency, fails, requests: 0 });
  }

  async get(what) {
    const number = ++this.requests;
    await sleep(this.latency);
    if (this.fails(number)) throw new ServiceError(`${this.name} failed ${what}`);
    return number;
  }
}

/** One connection, lent by a pool. */
class Connection {
  constructor(peer) {
    this.peer = peer;
  }

  request(what) {
    return this.peer.get(what);
  }
}

/** At most `limit` connections; opening one takes `connect` seconds; acquire() waits at most `timeout` (0: for ever). */
export class Pool {
  #free;
  #idle = [];
  #line = [];

  constructor(peer, { limit = 10, connect = 0, timeout = 0 } = {}) {
    Object.assign(this, { peer, connect, timeout });
    this.#free = limit;
  }

  /** Lends the connection that was given back last, or opens one; waits in line while all are lent. */
  async acquire() {
    if (this.#free > 0) this.#free--;
    else await this.#waitInLine();
    if (this.#idle.length) return this.#idle.pop();
    try {
      if (this.connect > 0) await sleep(this.connect);
    } catch (error) {
      this.#passOn();
      throw error;
    }
    return new Connection(this.peer);
  }

  /** Takes a connection back; whoever waits first gets it. */
  release(connection) {
    this.#idle.push(connection);
    this.#passOn();
  }

  #passOn() {
    const next = this.#line.shift();
    if (next) next.resolve();
    else this.#free++;
  }

  #waitInLine() {
    return new Promise((resolve, reject) => {
      const place = { resolve };
      this.#line.push(place);
      if (!this.timeout) return;
      const timer = setTimeout(() => {
        this.#line.splice(this.#line.indexOf(place), 1);
        reject(new PoolTimeout(`no connection in ${this.timeout} s`));
      }, this.timeout * 1000);
      place.resolve = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
