/**
 * The contract of {@link dev.isobar.provider.external.Machines} as tests, and a stand-in that keeps
 * it; published as this module's test archive for those who implement the port.
 */
package dev.isobar.provider.external;
