/**
 * From a ProviderConfig to an open account of a cloud: who may use it, its Secret, who uses it, and
 * how it is doing.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.kube.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
