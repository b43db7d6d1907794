/**
 * Carries out what was decided: the loop over one object, the writing of its status at one exit,
 * and what it needs of Kubernetes and of the clouds, as interfaces.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.reconcile;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
