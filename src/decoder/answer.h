/* The answer to one request: everything from the first tag to END or ERROR. */
#pragma once

#include "link.h"

G_BEGIN_DECLS

/* Decodes the request's file and sends what comes out; returns when the recording is over, could
 * not be read, or when the other side has lost interest. */
void instru_answer (int link_fd, const InstruRequest *request);

G_END_DECLS
