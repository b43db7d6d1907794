/**
 * Writes CRDs, XRDs and Compositions from the records of the APIs. The files are committed, because
 * packages and people read them; a test holds them to the records.
 */
package dev.isobar.apis.generate;
