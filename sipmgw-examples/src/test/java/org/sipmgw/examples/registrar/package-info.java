/** Registration at a real registrar. */
package org.sipmgw.examples.registrar;
