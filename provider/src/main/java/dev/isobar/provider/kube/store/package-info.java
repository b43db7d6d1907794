/**
 * Where Instances are kept: read into records, written back field by field, with their connection
 * Secrets and events.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.kube.store;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
