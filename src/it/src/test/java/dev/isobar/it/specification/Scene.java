package dev.isobar.it.specification;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.isobar.function.grpc.FunctionServer;
import dev.isobar.function.grpc.ServerSettings;
import dev.isobar.function.wire.proto.Fn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A function under test, and a request that it can answer.
 *
 * <p>The request is {@code isobar.function.composite}: a file with a RunFunctionRequest in
 * protobuf's JSON, for example {@code {"observed": {"composite": {"resource": {...}}},
 * "requiredResources": {"cloud": {"items": [{"resource": {...}}]}}}}. Required resources that the
 * file does not hold count as looked up and not found.
 */
final class Scene implements AutoCloseable {
  private static final Optional<String> ADDRESS =
      Optional.ofNullable(System.getProperty("isobar.function.address"));
  private static final Optional<String> CERTIFICATES =
      Optional.ofNullable(System.getProperty("isobar.function.certs"));
  private static final Optional<String> COMPOSITE =
      Optional.ofNullable(System.getProperty("isobar.function.composite"));

  private final Caller caller;
  private final AutoCloseable function;

  private Scene(Caller caller, AutoCloseable function) {
    this.caller = caller;
    this.function = function;
  }

  /** Whether the function of this checkout is tested, whose process we may start and end. */
  static boolean isOurs() {
    return ADDRESS.isEmpty();
  }

  /** Whether a stand-in composes, of which more is known than the specification says. */
  static boolean isGreenhouse() {
    return isOurs() && COMPOSITE.isEmpty();
  }

  /** The function under test with something to compose. */
  static Scene open() {
    if (!isGreenhouse()) {
      return anyFunction();
    }
    try {
      FunctionServer server =
          FunctionServer.start(
              ServerSettings.loopback(), Map.of(Greenhouse.KIND, new Greenhouse()));
      return new Scene(Caller.plain("127.0.0.1", server.port()), server);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The function under test as it is delivered, whatever it composes. */
  static Scene anyFunction() {
    if (ADDRESS.isPresent()) {
      return new Scene(caller(ADDRESS.get()), () -> {});
    }
    FunctionProcess process =
        FunctionProcess.start(
            "--insecure", FunctionProcess.LOOPBACK[0], FunctionProcess.LOOPBACK[1]);
    return new Scene(Caller.plain("127.0.0.1", process.port()), process);
  }

  Caller caller() {
    return caller;
  }

  /** A request with all that the function asks for. */
  Fn.RunFunctionRequest request() {
    Fn.RunFunctionRequest request = COMPOSITE.map(Scene::read).orElseGet(Scene::greenhouse);
    return satisfied(request);
  }

  /** Adds what the function asks for as not found, as often as core would. */
  Fn.RunFunctionRequest satisfied(Fn.RunFunctionRequest request) {
    Fn.RunFunctionRequest.Builder satisfied = request.toBuilder();
    for (int call = 0; call < 6; call++) {
      Fn.Requirements wanted = caller.call(satisfied.build()).getRequirements();
      if (satisfied
          .getRequiredResourcesMap()
          .keySet()
          .containsAll(wanted.getResourcesMap().keySet())) {
        return satisfied.build();
      }
      for (String name : wanted.getResourcesMap().keySet()) {
        if (!satisfied.containsRequiredResources(name)) {
          satisfied.putRequiredResources(name, Fn.Resources.getDefaultInstance());
        }
      }
    }
    throw new AssertionError("the requirements do not come to rest");
  }

  @Override
  public void close() {
    caller.close();
    try {
      function.close();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  static Struct struct(String json) {
    Struct.Builder struct = Struct.newBuilder();
    merge(json, struct);
    return struct.build();
  }

  static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private static Fn.RunFunctionRequest greenhouse() {
    return Fn.RunFunctionRequest.newBuilder()
        .setMeta(Fn.RequestMeta.newBuilder().setTag("a-tag"))
        .setObserved(
            Fn.State.newBuilder()
                .setComposite(
                    Fn.Resource.newBuilder()
                        .setResource(
                            struct(
                                """
                                {"apiVersion": "example.org/v1", "kind": "XGreenhouse", "metadata": {"name": "roses"},
                                 "spec": {"beds": 3}}
                                """))))
        .build();
  }

  private static Fn.RunFunctionRequest read(String file) {
    try {
      Fn.RunFunctionRequest.Builder request = Fn.RunFunctionRequest.newBuilder();
      merge(Files.readString(Path.of(file)), request);
      return request.build();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void merge(String json, com.google.protobuf.Message.Builder message) {
    try {
      JsonFormat.parser().merge(json, message);
    } catch (InvalidProtocolBufferException wrong) {
      throw new IllegalArgumentException("no JSON of such a message: " + json, wrong);
    }
  }

  private static Caller caller(String address) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    int port = Integer.parseInt(address.substring(colon + 1));
    if (CERTIFICATES.isEmpty()) {
      return Caller.plain(host, port);
    }
    try {
      Path directory = Path.of(CERTIFICATES.get());
      byte[] key =
          Base64.getMimeDecoder()
              .decode(
                  Files.readString(directory.resolve("tls.key")).replaceAll("-----[^-]*-----", ""));
      X509Certificate certificate = certificate(directory.resolve("tls.crt"));
      var keys =
          new KeyPair(
              certificate.getPublicKey(),
              KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                  .generatePrivate(new PKCS8EncodedKeySpec(key)));
      return Caller.secure(
          host,
          port,
          certificate(directory.resolve("ca.crt")),
          Optional.of(new Authority.Identity(certificate, keys)));
    } catch (IOException | GeneralSecurityException unusable) {
      throw new IllegalStateException(
          "cannot use the certificates in " + CERTIFICATES.get() + " (the key as PKCS#8)",
          unusable);
    }
  }

  private static X509Certificate certificate(Path file)
      throws IOException, GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }
}
