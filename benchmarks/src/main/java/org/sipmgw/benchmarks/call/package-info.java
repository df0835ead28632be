/** What one call costs, part by part, beside other ways to do the same. */
@NullMarked
package org.sipmgw.benchmarks.call;

import org.jspecify.annotations.NullMarked;
