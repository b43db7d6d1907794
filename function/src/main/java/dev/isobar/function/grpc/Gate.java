package dev.isobar.function.grpc;

import dev.isobar.function.wire.Reply;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Lets many small requests be answered at once, or a single large one, so that what answering takes
 * has a bound that does not depend on how many ask.
 */
final class Gate {
  /**
   * In bytes of requests. What is decoded of a request takes many times its size only as long as it
   * is small; two of this half fit the memory of the image, whatever is in them.
   */
  private static final int ROOM = 400 * 1024;

  private final Semaphore room = new Semaphore(ROOM, true);
  private final Function<byte[], Reply> answer;

  /** A gate before what answers. */
  Gate(Function<byte[], Reply> answer) {
    this.answer = answer;
  }

  /** Answers as soon as there is room, in the order of asking. */
  Reply answer(byte[] request) {
    int share = Math.min(request.length, ROOM);
    room.acquireUninterruptibly(share);
    try {
      return answer.apply(request);
    } finally {
      room.release(share);
    }
  }
}
