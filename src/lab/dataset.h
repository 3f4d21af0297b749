/* A set of notes in NSynth's layout: a folder with examples.json and
 * audio/<note_str>.{wav,flac,opus, ogg}. The JSON is streamed, so 300,000 entries need no tree in
 * memory. */
#pragma once

#include <gio/gio.h>

#include "family.h"

G_BEGIN_DECLS

#define INSTRU_LAB_ERROR (instru_lab_error_quark ())

typedef enum
{
  INSTRU_LAB_ERROR_DATA,   /* what was read is not what it should be */
  INSTRU_LAB_ERROR_RECIPE, /* what was asked for is not allowed or makes no sense */
  INSTRU_LAB_ERROR_STOPPED /* interrupted; what was done so far is kept */
} InstruLabError;

GQuark instru_lab_error_quark (void);

/* The output “none”: no instrument. It follows the eight families. */
#define INSTRU_LABEL_NONE INSTRU_N_FAMILIES
#define INSTRU_N_LABELS   (INSTRU_N_FAMILIES + 1)

typedef struct
{
  char *name;            /* note_str */
  int label;             /* an InstruFamily or INSTRU_LABEL_NONE */
  char *collection;      /* the library it came from; "" where the set does not say */
  char *group;           /* what must stay together: recording_group, else instrument_str */
  char *instrument_name; /* in words, else instrument_str */
  char *path;            /* of its audio */
} InstruNote;

typedef struct
{
  GPtrArray *notes;       /* InstruNote, owned, in the order of the file */
  gsize n_missing_audio;  /* named in the file, not in the folder: left out */
  gsize n_other_families; /* NSynth's bass, organ, synth_lead: left out */
} InstruDataset;

/* Errors: INSTRU_LAB_ERROR_DATA, G_IO_ERROR. Returns: (transfer full) (nullable) */
InstruDataset *instru_dataset_load (const char *folder, GError **error);
void instru_dataset_free (InstruDataset *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InstruDataset, instru_dataset_free)

G_END_DECLS
