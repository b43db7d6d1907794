package dev.isobar.provider.external;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that was made for an Instance besides its machine.
 *
 * @param kind for people: port, public address, key pair
 * @param uid of the Instance
 * @param machine that has it
 * @param since when it was made, where the cloud tells
 */
public record Belonging(
    String kind, String id, String uid, Optional<String> machine, Optional<Instant> since) {}
