/** Objects of Cluster API's AWS provider: kubeadm clusters on machines of EC2. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.ec2;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
