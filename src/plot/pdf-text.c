/* Cuts a line into text and pictures. */
#include "pdf-text.h"

#include <string.h>

/* The length of the word at @text, without the spaces after it. */
static gsize
word_length (const char *text)
{
  return strcspn (text, " ");
}

static gboolean
is_covered (const InstruPdf *pdf, const char *text, gsize length)
{
  g_autofree char *word = g_strndup (text, length);

  return instru_pdf_covers (pdf, word);
}

/* The spaces between two pictures belong to the picture, all others to the text. */
GArray *
instru_pdf_split_text (const InstruPdf *pdf, const char *text)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (InstruTextRun));
  gsize at = 0;

  while (text[at] != '\0')
    {
      gsize n_spaces = strspn (text + at, " ");
      gsize n_word = word_length (text + at + n_spaces);
      gboolean covered = is_covered (pdf, text + at + n_spaces, n_word);
      InstruTextRun *last =
          runs->len > 0 ? &g_array_index (runs, InstruTextRun, runs->len - 1) : NULL;

      if (last != NULL && last->is_covered == covered)
        last->length += n_spaces + n_word;
      else if (covered || n_spaces == 0)
        g_array_append_vals (runs, &(InstruTextRun){ at, n_spaces + n_word, covered }, 1);
      else
        {
          InstruTextRun picture = { at + n_spaces, n_word, FALSE };

          if (last != NULL)
            last->length += n_spaces;
          else
            g_array_append_vals (runs, &(InstruTextRun){ at, n_spaces, TRUE }, 1);
          g_array_append_val (runs, picture);
        }
      at += n_spaces + n_word;
    }
  return runs;
}
