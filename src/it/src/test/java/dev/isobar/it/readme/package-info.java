/** The README says what is so: its examples are real output. */
@NullMarked
package dev.isobar.it.readme;

import org.jspecify.annotations.NullMarked;
