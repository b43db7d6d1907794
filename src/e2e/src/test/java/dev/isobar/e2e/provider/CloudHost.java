package dev.isobar.e2e.provider;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.FakeCloud;
import dev.isobar.provider.external.FakeLeftovers;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Supply.Facility;
import java.io.Closeable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * The stand-in of the provider's tests, in this JVM, so that it outlives every provider that is
 * killed; they reach it on the loopback. Its time runs faster than ours.
 */
final class CloudHost implements Closeable {
  private static final int HASTE = 5;

  private final ServerSocket socket;
  private final FakeCloud cloud;
  private final FakeLeftovers leftovers = new FakeLeftovers();
  private String password = "right";

  CloudHost() {
    Instant start = Instant.now();
    InstantSource fast =
        () -> start.plus(Duration.between(start, Instant.now()).multipliedBy(HASTE));
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
    cloud = new FakeCloud(fast, false, "Fake/here/" + socket.getLocalPort());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Looks into the cloud, or tells it something. */
  synchronized <T> T with(Function<FakeCloud, T> use) {
    return use.apply(cloud);
  }

  /** Something that a cluster made there. */
  synchronized void left(String cluster, Leftover thing) {
    leftovers.put(cluster, thing);
  }

  /** All that a cluster made and that is still there. */
  synchronized Response<List<Leftover>> left(String cluster) {
    return leftovers.of(cluster);
  }

  /** Which password it takes from now on. */
  synchronized void expect(String secret) {
    password = secret;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket caller = socket.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private void serve(Socket caller) {
    try (caller;
        var in = new ObjectInputStream(caller.getInputStream());
        var out = new ObjectOutputStream(caller.getOutputStream())) {
      Object[] ask = ((List<?>) WireForm.read(in.readObject())).toArray();
      out.writeObject(WireForm.write(answer(ask)));
    } catch (IOException | ClassNotFoundException _) {
      // The caller was killed, and nobody waits for an answer.
    }
  }

  private synchronized Object answer(Object[] ask) {
    String call = (String) ask[1];
    if (!password.equals(ask[0])) {
      var refused =
          new Failure.AuthenticationFailed(CloudWords.ours("the cloud says: wrong password"));
      return switch (call) {
        case "create" -> new Creation.Refused(refused);
        case "update", "delete", "tidy", "remove" -> new Effect.Failed(refused);
        default -> new Response.Failed<Object>(refused);
      };
    }
    return switch (call) {
      case "account" -> cloud.account();
      case "observe" -> cloud.observe((Subject) ask[2]);
      case "list" -> cloud.list();
      case "compare" ->
          cloud.compare((Subject) ask[2], (InstanceParameters) ask[3], (ObservedMachine) ask[4]);
      case "typesFor" -> cloud.typesFor((Requirements) ask[2]);
      case "create" -> cloud.create((Order) ask[2]);
      case "update" ->
          cloud.update(
              (Subject) ask[2],
              (InstanceParameters) ask[3],
              (ObservedMachine) ask[4],
              RemoteMachines.deviations(ask[5]));
      case "delete" -> cloud.delete((Subject) ask[2], (String) ask[3]);
      case "machineTypes" -> cloud.supply().machineTypes(List.of());
      case "images" -> cloud.supply().images(List.of());
      case "zones" -> cloud.supply().zones();
      case "quota" -> cloud.supply().quota((Facility) ask[2]);
      case "leftovers" -> leftovers.of((String) ask[2]);
      case "remove" -> leftovers.remove((Leftover) ask[2]);
      case "tidy" -> cloud.tidy((Subject) ask[2]);
      case "release" -> cloud.release((Subject) ask[2]);
      default -> throw new IllegalArgumentException(call);
    };
  }
}
