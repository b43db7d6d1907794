package dev.isobar.e2e.inmemory;

import dev.isobar.function.grpc.tls.LiveIdentity;
import dev.isobar.function.wire.proto.Fn;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A function for tests that core calls instead of function-isobar. It passes every call on to the
 * real one, over mTLS in both directions, with OpenStack's kinds exchanged for in-memory ones.
 *
 * <p>It stands in front of the real function rather than after it in the pipeline, because a later
 * step cannot change what an earlier one is shown of what exists.
 */
public final class InMemoryFunction implements Closeable {
  private static final String SERVICE = "apiextensions.fn.proto.v1.FunctionRunnerService";
  private static final int DEADLINE_SECONDS = 60;

  private static final MethodDescriptor<Fn.RunFunctionRequest, Fn.RunFunctionResponse> METHOD =
      MethodDescriptor.<Fn.RunFunctionRequest, Fn.RunFunctionResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "RunFunction"))
          .setRequestMarshaller(ProtoUtils.marshaller(Fn.RunFunctionRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(Fn.RunFunctionResponse.getDefaultInstance()))
          .build();

  private final ManagedChannel function;
  private final Server server;

  private InMemoryFunction(ManagedChannel function, Server server) {
    this.function = function;
    this.server = server;
  }

  /**
   * Starts listening.
   *
   * @param port on 127.0.0.1, on which core calls it
   * @param served a folder with tls.crt, tls.key and ca.crt of its own as a server
   * @param function the port of the real function
   * @param presented a folder with those of a client that the real function lets in
   */
  public static InMemoryFunction start(int port, Path served, int function, Path presented)
      throws IOException {
    var client = new LiveIdentity(presented);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", function)
            .sslContext(
                GrpcSslContexts.configure(
                        SslContextBuilder.forClient()
                            .keyManager(client.keys())
                            .trustManager(presented.resolve("ca.crt").toFile()),
                        SslProvider.JDK)
                    .build())
            .build();
    var own = new LiveIdentity(served);
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
            .sslContext(
                GrpcSslContexts.configure(SslContextBuilder.forServer(own.keys()), SslProvider.JDK)
                    .trustManager(own.clients())
                    .clientAuth(ClientAuth.REQUIRE)
                    .build())
            .addService(service(channel))
            .build()
            .start();
    return new InMemoryFunction(channel, server);
  }

  private static ServerServiceDefinition service(ManagedChannel function) {
    return ServerServiceDefinition.builder(
            ServiceDescriptor.newBuilder(SERVICE).addMethod(METHOD).build())
        .addMethod(
            METHOD,
            ServerCalls.asyncUnaryCall((request, call) -> {
              call.onNext(ask(function, request));
              call.onCompleted();
            }))
        .build();
  }

  private static Fn.RunFunctionResponse ask(
      ManagedChannel function, Fn.RunFunctionRequest request) {
    return Disguise.dressed(
        ClientCalls.blockingUnaryCall(
            function,
            METHOD,
            CallOptions.DEFAULT
                .withWaitForReady()
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS),
            Disguise.undressed(request)));
  }

  @Override
  public void close() {
    server.shutdownNow();
    function.shutdownNow();
  }
}
