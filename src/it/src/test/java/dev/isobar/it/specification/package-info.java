/**
 * Crossplane's specification of a function, as tests that run over the wire.
 *
 * <p>Without settings they start the function of this checkout as a process of its own. Pointed
 * elsewhere they judge any function in any language:
 *
 * <pre>
 * ./isobar test --projects src/it --also-make -Dtest='dev.isobar.it.specification.*' \
 *   -Disobar.function.address=127.0.0.1:9443       where it listens
 *   -Disobar.function.certs=DIR                    ca.crt, tls.crt and tls.key of a client; plain text without
 *   -Disobar.function.composite=FILE               a composite it composes, and what that needs; see Scene
 * </pre>
 *
 * <p>{@link dev.isobar.it.specification.Clause} lists what the text demands; a test says with
 * {@link dev.isobar.it.specification.Demands} what it checks, and {@link
 * dev.isobar.it.specification.CoverageTest} that nothing is left out.
 */
@CheckReturnValue
@NullMarked
package dev.isobar.it.specification;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
