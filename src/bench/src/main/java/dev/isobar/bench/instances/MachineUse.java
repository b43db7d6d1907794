package dev.isobar.bench.instances;

import dev.isobar.bench.machine.Ticks;
import dev.isobar.testbed.process.LocalProcess;
import java.util.List;

/**
 * Processor time so far, in ticks.
 *
 * @param ours what this program and the processes it started took
 */
record MachineUse(long capacity, long busy, long ours) {
  static MachineUse of(List<LocalProcess> started) {
    Ticks machine = Ticks.now();
    long ours = machine.self();
    for (LocalProcess process : started) {
      ours += Ticks.now(process.pid()).other();
    }
    return new MachineUse(machine.capacity(), machine.busy(), ours);
  }

  /** The share of the machine, from 0 to 1, that went to nobody of ours since then. */
  double strangersSince(MachineUse earlier) {
    long time = capacity - earlier.capacity;
    long strangers = busy - earlier.busy - (ours - earlier.ours);
    return time == 0 ? 0 : Math.max(0, strangers) / (double) time;
  }
}
