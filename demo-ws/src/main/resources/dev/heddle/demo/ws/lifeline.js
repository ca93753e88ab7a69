// A WebSocket that comes back after it was lost: at once, then less and less often. By chance some
// come earlier than others, so that those who lost the same server don't all return together.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
const REFUSED = 1008; // what the server closes with if coming back is of no use

export class Lifeline {
  #address;
  #on;
  #socket = null;
  #timer = 0;
  #wait = FIRST_WAIT;

  // on: {opening(), message(data), lost(seconds), refused(reason)}
  constructor(address, on) {
    this.#address = address;
    this.#on = on;
    this.#open();
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  send(value) {
    this.#socket.send(JSON.stringify(value));
  }

  // Does not wait for the time to try again, if it waits.
  retry() {
    if (this.#timer) this.#open();
  }

  // Takes the connection to be lost, whatever the browser thinks.
  drop() {
    this.#socket?.close();
  }

  end() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #open() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#on.opening();
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    socket.onmessage = event => {
      if (socket !== this.#socket) return;
      this.#wait = FIRST_WAIT;
      this.#on.message(event.data);
    };
    socket.onclose = event => {
      if (socket !== this.#socket) return;
      if (event.code === REFUSED) {
        this.#socket = null;
        this.#on.refused(event.reason);
      } else {
        this.#comeBack();
      }
    };
  }

  #comeBack() {
    const wait = this.#wait * (1 + Math.random()) / 2;
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT);
    this.#timer = setTimeout(() => this.#open(), wait);
    this.#on.lost(Math.ceil(wait / 1000));
  }
}
