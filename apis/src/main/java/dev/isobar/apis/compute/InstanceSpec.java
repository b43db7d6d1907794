package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Rule;
import java.util.List;
import java.util.Optional;

/** What a machine shall be, and what the provider may do with it. */
@Doc("What the machine shall be, and what the provider may do with it.")
@Rule(
    cel =
        "!self.managementPolicies.exists(policy, policy in ['*', 'Create', 'Update'])"
            + " || (has(self.forProvider.machineType) && has(self.forProvider.image))",
    says =
        "forProvider.machineType and forProvider.image are required to create or update a machine;"
            + " add them, or set managementPolicies to [Observe] to only look at an existing one")
public record InstanceSpec(
    @Doc(
            "What the provider may do with the machine: * for everything, or a list of Observe,"
                + " Create, Update, Delete and LateInitialize. Without Delete the machine outlives"
                + " this object; an empty list pauses.")
        @Distinct
        @Items(max = 5)
        @Matches(
            value = "\\*|Observe|Create|Update|Delete|LateInitialize",
            says = "*, Observe, Create, Update, Delete or LateInitialize")
        @Rule(
            cel = "self.exists(policy, policy == '*') ? size(self) == 1 : true",
            says = "* stands for all policies, so it stands alone")
        @Rule(
            cel = "size(self) == 0 || self.exists(policy, policy in ['*', 'Observe'])",
            says = "nothing can be managed without being observed; add Observe")
        @Rule(
            cel =
                "!('Delete' in self && !('Create' in self)"
                    + " && ('Update' in self || 'LateInitialize' in self))",
            says =
                "Delete with Update or LateInitialize needs Create as well; Crossplane knows no"
                    + " such combination")
        @Default("[\"*\"]")
        List<String> managementPolicies,
    @Doc("The ProviderConfig with the cloud's address and credentials.") @Default("{}")
        UsedProviderConfig providerConfigRef,
    @Doc(
            "Secret of the same namespace that the machine's address is written to; none when left"
                + " out.")
        Optional<ConnectionSecret> writeConnectionSecretToRef,
    @Doc(
            "What happens when the machine is gone though nobody asked for that. Always: a new one"
                + " is made. Never: the Instance reports Lost and stays so, as the machines of a"
                + " Kubernetes cluster need it.")
        @Default("\"Always\"")
        RecreatePolicy recreatePolicy,
    @Doc("The machine.") InstanceParameters forProvider) {
  /** What happens when a machine is gone; spelled as in the API. */
  public enum RecreatePolicy {
    Always,
    Never
  }

  /** The Secret for connection details. */
  @Doc("A Secret of the same namespace; it is made when it does not exist.")
  public record ConnectionSecret(
      @Doc("Its name.")
          @Matches(value = Matches.OBJECT_NAME, says = "the name of a Secret")
          @Length(min = 1, max = 253)
          String name) {}
}
