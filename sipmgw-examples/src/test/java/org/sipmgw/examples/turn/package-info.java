/** Media through NATs: STUN, TURN and ICE against coturn and room systems behind real NATs. */
package org.sipmgw.examples.turn;
