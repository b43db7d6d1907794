package dev.isobar.cli.call;

import dev.isobar.function.grpc.ListenAddress;
import dev.isobar.function.grpc.ServerSettings;
import dev.isobar.function.wire.proto.Fn;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a function. Like core it tries v1 first and v1beta1 when the function has no v1.
 */
public final class FunctionChannel implements Closeable {
  /** Core gives a whole reconcile two minutes; somebody who waits at a terminal gives up before. */
  private static final long SECONDS = 30;

  /** Protobuf's own limit of 100 is less than what core's Go reads. */
  private static final int NESTING = 1000;

  private static final MethodDescriptor<Fn.RunFunctionRequest, Fn.RunFunctionResponse> V1 =
      method("v1");
  private static final MethodDescriptor<Fn.RunFunctionRequest, Fn.RunFunctionResponse> V1BETA1 =
      method("v1beta1");

  private final String address;
  private final ManagedChannel channel;

  private FunctionChannel(String address, ManagedChannel channel) {
    this.address = address;
    this.channel = channel;
  }

  /**
   * A connection in plain text; nothing is sent yet.
   *
   * @param address {@code host:port}, or a target of gRPC such as {@code dns:///host:port}
   * @throws IllegalArgumentException when it is no address
   */
  public static FunctionChannel to(String address) {
    requireAddress(address);
    return new FunctionChannel(
        address, NettyChannelBuilder.forTarget(address).usePlaintext().directExecutor().build());
  }

  /**
   * A connection with mutual TLS; nothing is sent yet.
   *
   * @param certificates a folder with tls.crt, tls.key and ca.crt
   */
  public static FunctionChannel secure(String address, Path certificates) throws IOException {
    ChannelCredentials credentials =
        TlsChannelCredentials.newBuilder()
            .trustManager(certificates.resolve("ca.crt").toFile())
            .keyManager(
                certificates.resolve("tls.crt").toFile(), certificates.resolve("tls.key").toFile())
            .build();
    return new FunctionChannel(
        address, NettyChannelBuilder.forTarget(address, credentials).directExecutor().build());
  }

  /** gRPC takes almost anything for a name, and finds out later in a log. */
  private static void requireAddress(String address) {
    boolean other = address.contains("://") && !address.startsWith("dns:");
    if (other) {
      return;
    }
    ListenAddress parsed = ListenAddress.parse(address.substring(address.lastIndexOf('/') + 1));
    if (parsed.host().isEmpty() || parsed.port() == 0) {
      throw new IllegalArgumentException(
          "it needs a host and a port; write for example 127.0.0.1:9443");
    }
  }

  @Override
  public void close() {
    ManagedChannel closing = channel.shutdownNow();
    assert closing.isShutdown();
  }

  /**
   * Asks once.
   *
   * @throws FunctionUnreachable when no answer comes
   * @throws RequestTooLarge when the function does not read all of the request
   */
  Fn.RunFunctionResponse call(Fn.RunFunctionRequest request) {
    try {
      return call(V1, request);
    } catch (StatusRuntimeException failed) {
      if (failed.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
        throw failed(request, failed);
      }
    }
    try {
      return call(V1BETA1, request);
    } catch (StatusRuntimeException failed) {
      throw failed(request, failed);
    }
  }

  private Fn.RunFunctionResponse call(
      MethodDescriptor<Fn.RunFunctionRequest, Fn.RunFunctionResponse> method,
      Fn.RunFunctionRequest request) {
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    return ClientCalls.blockingUnaryCall(channel, method, options, request);
  }

  /** What a function read no further than its limit. */
  private RuntimeException failed(Fn.RunFunctionRequest request, StatusRuntimeException failed) {
    return failed.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED
            && request.getSerializedSize() > ServerSettings.DEFAULT_REQUEST_LIMIT_BYTES
        ? new RequestTooLarge(RequestParts.words(request), failed)
        : unreachable(failed);
  }

  private FunctionUnreachable unreachable(StatusRuntimeException failed) {
    String remedy =
        switch (failed.getStatus().getCode()) {
          case UNAVAILABLE -> "; is it running there, with --insecure?";
          case DEADLINE_EXCEEDED -> "; it gave no answer in " + SECONDS + " seconds";
          case RESOURCE_EXHAUSTED -> "; hand in fewer or shorter objects";
          case UNIMPLEMENTED -> "; is it a composition function?";
          default -> "";
        };
    return new FunctionUnreachable(
        "cannot call the function at " + address + ": " + root(failed) + remedy, failed);
  }

  private static String root(StatusRuntimeException failed) {
    Throwable root = failed.getCause();
    String message = failed.getStatus().getDescription();
    while (root != null) {
      message = root.getMessage();
      root = root.getCause();
    }
    return failed.getStatus().getCode() + " (" + message + ")";
  }

  private static MethodDescriptor<Fn.RunFunctionRequest, Fn.RunFunctionResponse> method(
      String version) {
    String service = "apiextensions.fn.proto." + version + ".FunctionRunnerService";
    return MethodDescriptor.<Fn.RunFunctionRequest, Fn.RunFunctionResponse>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, "RunFunction"))
        .setRequestMarshaller(ProtoUtils.marshaller(Fn.RunFunctionRequest.getDefaultInstance()))
        .setResponseMarshaller(
            ProtoUtils.marshallerWithRecursionLimit(
                Fn.RunFunctionResponse.getDefaultInstance(), NESTING))
        .build();
  }
}
