/** A place that several share, or one has to itself. Who waits is let in in the order of asking. */
export class Room {
  readonly #queue: { readonly alone: boolean; readonly admit: (place: Disposable) => void }[] = [];
  #inside = 0;
  #closed = false;

  /** A place, given back when disposed; `alone` waits until everybody has left and keeps the others out. */
  enter({ alone }: { readonly alone: boolean }): Promise<Disposable> {
    const { promise, resolve } = Promise.withResolvers<Disposable>();
    this.#queue.push({ alone, admit: resolve });
    this.#letIn();
    return promise;
  }

  #letIn(): void {
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      if (this.#closed || (next.alone && this.#inside > 0)) return;
      this.#queue.shift();
      this.#inside++;
      this.#closed = next.alone;
      next.admit({ [Symbol.dispose]: () => this.#leave() });
    }
  }

  #leave(): void {
    this.#inside--;
    this.#closed = false;
    this.#letIn();
  }
}
