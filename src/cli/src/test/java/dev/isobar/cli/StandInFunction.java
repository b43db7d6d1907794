package dev.isobar.cli;

import dev.isobar.function.wire.proto.Fn;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** A function that answers as it is told, on a real port, and remembers what it was asked. */
public final class StandInFunction implements Closeable {
  /** Decides on an answer, of which the request's tag and context are set already. */
  public interface Script {
    Fn.RunFunctionResponse.Builder answer(
        Fn.RunFunctionRequest request, Fn.RunFunctionResponse.Builder answer);
  }

  private final List<Fn.RunFunctionRequest> requests =
      Collections.synchronizedList(new ArrayList<>());
  private final Server server;
  private final String address;

  private StandInFunction(String version, Script script) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .directExecutor()
            .addService(service(version, request -> script.answer(request, begin(request)).build()))
            .build()
            .start();
    address = "127.0.0.1:" + server.getPort();
  }

  /** Starts one that speaks v1. */
  public static StandInFunction start(Script script) throws IOException {
    return new StandInFunction("v1", script);
  }

  /** Starts one that speaks another version. */
  public static StandInFunction start(String version, Script script) throws IOException {
    return new StandInFunction(version, script);
  }

  /** Where it is. */
  public String address() {
    return address;
  }

  /** What it was asked, in order. */
  public List<Fn.RunFunctionRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static Fn.RunFunctionResponse.Builder begin(Fn.RunFunctionRequest request) {
    return Fn.RunFunctionResponse.newBuilder()
        .setMeta(Fn.ResponseMeta.newBuilder().setTag(request.getMeta().getTag()))
        .setContext(request.getContext());
  }

  private interface Answering {
    Fn.RunFunctionResponse answer(Fn.RunFunctionRequest request);
  }

  private ServerServiceDefinition service(String version, Answering answering) {
    String name = "apiextensions.fn.proto." + version + ".FunctionRunnerService";
    var method =
        MethodDescriptor.<Fn.RunFunctionRequest, Fn.RunFunctionResponse>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(name, "RunFunction"))
            .setRequestMarshaller(
                ProtoUtils.marshallerWithRecursionLimit(
                    Fn.RunFunctionRequest.getDefaultInstance(), 1000))
            .setResponseMarshaller(
                ProtoUtils.marshaller(Fn.RunFunctionResponse.getDefaultInstance()))
            .build();
    return ServerServiceDefinition.builder(name)
        .addMethod(
            method,
            ServerCalls.asyncUnaryCall((request, call) -> {
              requests.add(request);
              call.onNext(answering.answer(request));
              call.onCompleted();
            }))
        .build();
  }

  /** Only to say what a script often is. */
  public static Script refusing(String reason, String message) {
    return (_, answer) ->
        answer.addResults(
            Fn.Result.newBuilder()
                .setSeverity(Fn.Severity.SEVERITY_FATAL)
                .setReason(reason)
                .setMessage(message));
  }

  /** Changes the desired state. */
  public static Script desiring(UnaryOperator<Fn.State.Builder> change) {
    return (_, answer) -> answer.setDesired(change.apply(Fn.State.newBuilder()));
  }
}
