/** provider-isobar as its own process under its real roles, with a cloud of the tests. */
package dev.isobar.e2e.provider;
