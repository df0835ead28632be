/** Whole calls: a room system, the complete gateway with a real browser, and a real conference. */
package org.sipmgw.examples.calls;
