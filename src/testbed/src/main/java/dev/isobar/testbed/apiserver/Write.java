package dev.isobar.testbed.apiserver;

/**
 * A write that somebody asked an API server for.
 *
 * @param user the account
 * @param program the first word of what the program called itself
 * @param verb create, update, patch, delete, deletecollection
 * @param object resource and group, namespace, name, and subresource after a slash
 * @param code what was answered, as a status of HTTP
 */
public record Write(String user, String program, String verb, String object, int code) {}
