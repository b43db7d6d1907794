/** Objects of Cluster API and its kubeadm providers. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.capi;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
