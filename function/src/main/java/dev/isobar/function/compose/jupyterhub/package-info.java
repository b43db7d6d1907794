/** The hub of a workspace: the values of its chart, and the Secret it logs in with. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.jupyterhub;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
