package dev.isobar.it.specification;

import com.google.protobuf.CodedInputStream;
import dev.isobar.function.wire.proto.Fn;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Calls a function as core does; whatever takes longer than half a minute fails, unless said
 * otherwise.
 */
final class Caller implements AutoCloseable {
  static final String V1 = "apiextensions.fn.proto.v1.FunctionRunnerService";
  static final String V1BETA1 = "apiextensions.fn.proto.v1beta1.FunctionRunnerService";

  private static final int DEADLINE_SECONDS = 30;
  private static final int ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

  private final ManagedChannel channel;

  private Caller(ManagedChannel channel) {
    this.channel = channel;
  }

  /** Calls in plain text. */
  static Caller plain(String host, int port) {
    return new Caller(
        NettyChannelBuilder.forAddress(host, port)
            .usePlaintext()
            .maxInboundMessageSize(ANSWER_LIMIT_BYTES)
            .build());
  }

  /**
   * Calls with TLS, as somebody or as nobody; the server's certificate is verified like core
   * verifies it.
   */
  static Caller secure(
      String host, int port, X509Certificate authority, Optional<Authority.Identity> client) {
    SslContextBuilder tls = SslContextBuilder.forClient().trustManager(authority);
    client.ifPresent(identity -> tls.keyManager(identity.key(), identity.certificate()));
    try {
      return new Caller(
          NettyChannelBuilder.forAddress(host, port)
              .sslContext(GrpcSslContexts.configure(tls, SslProvider.JDK).build())
              .overrideAuthority(Authority.SERVER)
              .maxInboundMessageSize(ANSWER_LIMIT_BYTES)
              .build());
    } catch (SSLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The channel itself, for other services than the function's. */
  ManagedChannel channel() {
    return channel;
  }

  Fn.RunFunctionResponse call(Fn.RunFunctionRequest request) {
    return parse(call(V1, request.toByteArray()));
  }

  byte[] call(String service, byte[] request) {
    return call(service, request, CallOptions.DEFAULT);
  }

  byte[] call(String service, byte[] request, CallOptions options) {
    return ClientCalls.blockingUnaryCall(
        channel,
        method(service),
        options.getDeadline() == null
            ? options.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            : options,
        request);
  }

  /** A call that is begun; it reaches the function when it is half-closed. */
  ClientCall<byte[], byte[]> begin() {
    return channel.newCall(
        method(V1), CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
  }

  static Fn.RunFunctionResponse parse(byte[] answer) {
    CodedInputStream input = CodedInputStream.newInstance(answer);
    input.setRecursionLimit(10_000); // As in core's Go.
    try {
      return Fn.RunFunctionResponse.parseFrom(input);
    } catch (IOException wrong) {
      throw new AssertionError("the answer is no RunFunctionResponse", wrong);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static MethodDescriptor<byte[], byte[]> method(String service) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(service + "/RunFunction")
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
