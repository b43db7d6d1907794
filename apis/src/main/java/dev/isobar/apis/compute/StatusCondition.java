package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Doc;
import java.util.Optional;

/** A condition as Kubernetes has it. */
@Doc("One aspect of how the object is doing.")
public record StatusCondition(
    @Doc("Which aspect.") String type,
    @Doc("True, False or Unknown.") String status,
    @Doc("One word of a closed list.") String reason,
    @Doc("What is wrong, with which object, and who must do what.") Optional<String> message,
    @Doc("When the status last changed.") String lastTransitionTime,
    @Doc("Generation of the object the condition speaks of.") Optional<Long> observedGeneration) {}
