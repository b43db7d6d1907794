/** The kind GpuWorkspace: GPUs, a namespace and a JupyterHub for a team in one of its clusters. */
@NullMarked
@CheckReturnValue
package dev.isobar.apis.workspace;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
