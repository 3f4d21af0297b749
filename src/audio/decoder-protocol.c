/* The limits of the decoder protocol, used by both of its sides. */
#include "decoder-protocol.h"

#include <string.h>

typedef struct
{
  gsize min_bytes;
  gsize max_bytes;
} LengthRange;

static const LengthRange ranges[INSTRU_N_FRAME_TYPES] = {
  [INSTRU_FRAME_HELLO] = { 0, 0 },
  [INSTRU_FRAME_OPEN] = { sizeof (InstruOpenFrame), sizeof (InstruOpenFrame) },
  [INSTRU_FRAME_FORMAT] = { sizeof (InstruFormatFrame), sizeof (InstruFormatFrame) },
  [INSTRU_FRAME_TAGS] = { sizeof (InstruTagsFrame),
                          sizeof (InstruTagsFrame) + INSTRU_N_TAGS *INSTRU_PROTOCOL_MAX_TEXT },
  [INSTRU_FRAME_AUDIO] = { sizeof (float), INSTRU_PROTOCOL_MAX_AUDIO },
  [INSTRU_FRAME_PROGRESS] = { 0, 0 },
  [INSTRU_FRAME_WARNING] = { 1, INSTRU_PROTOCOL_MAX_TEXT },
  [INSTRU_FRAME_END] = { 0, 0 },
  [INSTRU_FRAME_ERROR] = { sizeof (InstruErrorFrame),
                           sizeof (InstruErrorFrame) + INSTRU_PROTOCOL_MAX_TEXT },
};

gboolean
instru_frame_header_is_valid (const InstruFrameHeader *header)
{
  return header->magic == INSTRU_PROTOCOL_MAGIC && header->type >= INSTRU_FRAME_HELLO &&
         header->type < INSTRU_N_FRAME_TYPES && header->length >= ranges[header->type].min_bytes &&
         header->length <= ranges[header->type].max_bytes;
}

gsize
instru_protocol_fit_text (const char *text, gsize max_bytes)
{
  gsize length = strlen (text);

  if (length <= max_bytes)
    return length;
  /* Step back over the continuation bytes of a character that would be cut. */
  for (length = max_bytes; length > 0 && ((guchar) text[length] & 0xc0) == 0x80; length--)
    ;
  return length;
}
