package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Span;
import java.util.Optional;

/** Backups of a cluster. */
@Doc(
    "Backups of the cluster's objects and of the files on its volumes, to a bucket of S3 or of"
        + " anything that speaks its protocol, as Ceph and Swift do.")
public record Backup(
    @Doc("The bucket; it must be there.")
        @Matches(
            value = "[a-zA-Z0-9]([a-zA-Z0-9._-]{1,253}[a-zA-Z0-9])",
            says = "the name of a bucket")
        String bucket,
    @Doc(
            "Folder within the bucket; the cluster's name when left out. Two clusters that write to"
                + " the same one spoil each other's backups.")
        @Matches(
            value = "[a-zA-Z0-9]([a-zA-Z0-9._/-]{0,198}[a-zA-Z0-9])?",
            says = "a path without a slash at its ends")
        Optional<String> prefix,
    @Doc("Region of the bucket.")
        @Default("\"us-east-1\"")
        @Matches(value = "[a-zA-Z0-9]([a-zA-Z0-9_-]*[a-zA-Z0-9])?", says = "the name of a region")
        @Length(min = 1, max = 63)
        String region,
    @Doc("Address of the object store; AWS's own when left out.")
        @Matches(
            value = "https?://[^\\s{}\"]+",
            says = "an address that begins with https:// or http://")
        @Length(min = 9, max = 1024)
        Optional<String> endpoint,
    @Doc("A shared credentials file as the AWS command line has it, with a profile default.")
        SecretKey credentialsSecretRef,
    @Doc("When backups are made, as cron has it, in UTC.")
        @Default("\"0 3 * * *\"")
        @Matches(
            value = "@(hourly|daily|weekly|monthly)|\\S+( \\S+){4}",
            says = "five fields of cron")
        @Length(min = 6, max = 100)
        String schedule,
    @Doc("How long a backup is kept.") @Default("\"30d\"") Span keep) {}
