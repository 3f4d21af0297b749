/* What the window and instrunet-decoder say to each other over their socket pair. Everything is a
 * frame: a header of fixed size, then as many bytes as the header says. Both sides run on one
 * machine, so numbers are in its byte order, and both check every length before they read on.
 *
 * The decoder greets with HELLO. The window sends OPEN with the file's descriptor beside it
 * (SCM_RIGHTS); the decoder answers TAGS (if any), FORMAT, AUDIO…, WARNING (if any), TAGS, END, or
 * ERROR. A new OPEN ends the one before: frames carry the number of the request they belong to. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INSTRU_PROTOCOL_MAGIC 0x31544e49u /* changes with every change of the protocol */

/* The descriptor on which a decoder process finds its end of the socket pair. */
#define INSTRU_PROTOCOL_FD 3

/* The exit status of a decoder process that was refused memory. */
#define INSTRU_PROTOCOL_EXIT_OUT_OF_MEMORY 12

#define INSTRU_PROTOCOL_MAX_TEXT  1024
#define INSTRU_PROTOCOL_MAX_AUDIO 65536

typedef enum
{
  INSTRU_FRAME_HELLO = 1, /* the process is ready; no payload */
  INSTRU_FRAME_OPEN,      /* InstruOpenFrame, with one descriptor */
  INSTRU_FRAME_FORMAT,    /* InstruFormatFrame */
  INSTRU_FRAME_TAGS,      /* InstruTagsFrame, then the texts one behind the other */
  INSTRU_FRAME_AUDIO,     /* interleaved float32, whole frames */
  INSTRU_FRAME_PROGRESS,  /* still at work before the first audio; no payload */
  INSTRU_FRAME_WARNING,   /* a sentence, not terminated */
  INSTRU_FRAME_END,       /* the stream is over; no payload */
  INSTRU_FRAME_ERROR,     /* InstruErrorFrame, then a sentence, not terminated */
  INSTRU_N_FRAME_TYPES
} InstruFrameType;

typedef struct
{
  guint32 magic;
  guint32 type;
  guint32 request; /* counts the OPENs from 1; 0 in HELLO */
  guint32 length;  /* bytes of payload that follow */
} InstruFrameHeader;

typedef struct
{
  double start_s;
} InstruOpenFrame;

typedef struct
{
  guint32 sample_rate_hz;
  guint32 n_channels;
  double duration_hint_s; /* negative when unknown */
} InstruFormatFrame;

typedef enum
{
  INSTRU_TAG_TITLE,
  INSTRU_TAG_ARTIST,
  INSTRU_TAG_ALBUM,
  INSTRU_TAG_CODEC,
  INSTRU_TAG_CONTAINER,
  INSTRU_N_TAGS
} InstruTag;

typedef struct
{
  guint16 lengths[INSTRU_N_TAGS]; /* bytes of each text, 0 where there is none */
} InstruTagsFrame;

typedef struct
{
  guint32 code; /* InstruRecordingError */
} InstruErrorFrame;

/* Whether the magic is right, the type known and the length within the limits of the type. */
gboolean instru_frame_header_is_valid (const InstruFrameHeader *header);

/* The bytes of @text that fit into @max_bytes without cutting a character in two. */
gsize instru_protocol_fit_text (const char *text, gsize max_bytes);

G_END_DECLS
