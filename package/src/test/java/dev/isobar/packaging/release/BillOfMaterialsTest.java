package dev.isobar.packaging.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.packaging.oci.Digest;
import dev.isobar.packaging.runtime.Component;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BillOfMaterialsTest {
  @Test
  void listsWhatOthersMade() {
    var netty =
        new Component(
            "netty",
            "4.2",
            Optional.of("pkg:maven/io.netty/netty@4.2"),
            Optional.of(new Digest("b")));
    var unknown = new Component("x", "", Optional.empty(), Optional.empty());
    String bill =
        BillOfMaterials.of("function-isobar", "v1.0.0", new Digest("a"), List.of(netty, unknown));
    assertThat(bill.replace('"', '\''))
        .isEqualTo(
            "{'bomFormat':'CycloneDX','specVersion':'1.6','version':1,'metadata':{'component':"
                + "{'type':'container','name':'function-isobar','version':'v1.0.0','hashes':"
                + "[{'alg':'SHA-256','content':'a'}]}},'components':["
                + "{'type':'library','name':'netty','version':'4.2','hashes':"
                + "[{'alg':'SHA-256','content':'b'}],'purl':'pkg:maven/io.netty/netty@4.2'},"
                + "{'type':'library','name':'x'}]}");
  }
}
