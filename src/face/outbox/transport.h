/* transport: what became of one attempt to hand a message over, whichever way it goes. */
#pragma once

typedef enum SendOutcome {
	SEND_ACCEPTED, /* the server took responsibility */
	SEND_REFUSED, /* it will never take this message */
	SEND_LATER, /* nobody there, or "try later" */
} SendOutcome;
