package dev.isobar.e2e.provider;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Supply;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** The machines of a {@link CloudHost}, from another process. */
final class RemoteMachines implements Machines {
  private final int port;
  private final String password;

  RemoteMachines(int port, String password) {
    this.port = port;
    this.password = password;
  }

  @Override
  public Supply supply() {
    return new RemoteSupply(this);
  }

  @Override
  public Leftovers leftovers() {
    return new RemoteLeftovers(this);
  }

  @Override
  @SuppressWarnings("unchecked") // What the same method of the stand-in answered.
  public Response<String> account() {
    return (Response<String>) asked("account");
  }

  @Override
  public boolean isGone(Subject subject) {
    return false;
  }

  @Override
  @SuppressWarnings("unchecked") // What the same method of the stand-in answered.
  public Response<List<ObservedMachine>> observe(Subject subject) {
    return (Response<List<ObservedMachine>>) asked("observe", subject);
  }

  @Override
  @SuppressWarnings("unchecked") // What the same method of the stand-in answered.
  public Response<List<ObservedMachine>> list() {
    return (Response<List<ObservedMachine>>) asked("list");
  }

  @Override
  @SuppressWarnings("unchecked") // What the same method of the stand-in answered.
  public Response<List<Deviation>> compare(
      Subject subject, InstanceParameters wanted, ObservedMachine machine) {
    return (Response<List<Deviation>>) asked("compare", subject, wanted, machine);
  }

  @Override
  @SuppressWarnings("unchecked") // What the same method of the stand-in answered.
  public Response<List<String>> typesFor(Requirements need) {
    return (Response<List<String>>) asked("typesFor", need);
  }

  @Override
  public Creation create(Order order) {
    return asked("create", order) instanceof Creation creation
        ? creation
        : new Creation.Unknown(unreachable());
  }

  @Override
  public Effect update(
      Subject subject,
      InstanceParameters wanted,
      ObservedMachine machine,
      List<Deviation> deviations) {
    return asked("update", subject, wanted, machine, deviations) instanceof Effect effect
        ? effect
        : new Effect.Failed(unreachable());
  }

  @Override
  public Effect delete(Subject subject, String id) {
    return asked("delete", subject, id) instanceof Effect effect
        ? effect
        : new Effect.Failed(unreachable());
  }

  @Override
  @SuppressWarnings("unchecked") // What the same method of the stand-in answered.
  public Response<List<String>> release(Subject subject) {
    return (Response<List<String>>) asked("release", subject);
  }

  @Override
  public Effect tidy(Subject subject) {
    return asked("tidy", subject) instanceof Effect effect
        ? effect
        : new Effect.Failed(unreachable());
  }

  static List<Deviation> deviations(Object list) {
    var deviations = new ArrayList<Deviation>();
    ((List<?>) list).forEach(one -> deviations.add((Deviation) one));
    return deviations;
  }

  Object asked(String call, Object... arguments) {
    var ask = new ArrayList<Object>(List.of(password, call));
    ask.addAll(List.of(arguments));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var out = new ObjectOutputStream(socket.getOutputStream())) {
      out.writeObject(WireForm.write(ask));
      out.flush();
      try (var in = new ObjectInputStream(socket.getInputStream())) {
        return WireForm.read(in.readObject());
      }
    } catch (IOException | ClassNotFoundException _) {
      return new Response.Failed<Object>(unreachable());
    }
  }

  private static Failure unreachable() {
    return new Failure.CloudUnreachable(CloudWords.ours("the stand-in does not answer"));
  }
}
