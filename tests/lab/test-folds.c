/* Whole groups, each family in each fold, the same deal for the same seed. */
#include "folds.h"

#define N_FOLDS 5

static void
add_notes (InstruDataset *dataset, const char *group, int label, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      InstruNote *note = g_new0 (InstruNote, 1);

      note->label = label;
      note->group = (char *) g_intern_string (group);
      g_ptr_array_add (dataset->notes, note);
    }
}

/* Six to nine groups a family, of one family or of two, large and small. */
static InstruDataset *
make_dataset (gsize n_groups)
{
  InstruDataset *dataset = g_new0 (InstruDataset, 1);

  dataset->notes = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < n_groups; i++)
    {
      g_autofree char *group = g_strdup_printf ("group-%zu", i);

      add_notes (dataset, group, (int) (i % INSTRU_N_FAMILIES), 3 + 40 * (i % 3));
      if (i % 4 == 0)
        add_notes (dataset, group, (int) ((i + 3) % INSTRU_N_FAMILIES), 10);
    }
  return dataset;
}

static guint
get_fold (GHashTable *folds, const InstruNote *note)
{
  gpointer fold;

  g_assert_true (g_hash_table_lookup_extended (folds, note->group, NULL, &fold));
  return GPOINTER_TO_UINT (fold);
}

static void
test_each_family_in_each_fold (void)
{
  g_autoptr (InstruDataset) dataset = make_dataset (56);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) folds = instru_folds_deal (dataset, N_FOLDS, 42, &error);
  gsize counts[N_FOLDS][INSTRU_N_FAMILIES] = { 0 };

  g_assert_no_error (error);
  for (guint i = 0; i < dataset->notes->len; i++)
    {
      const InstruNote *note = g_ptr_array_index (dataset->notes, i);

      g_assert_cmpuint (get_fold (folds, note), <, N_FOLDS);
      counts[get_fold (folds, note)][note->label]++;
    }
  for (gsize fold = 0; fold < N_FOLDS; fold++)
    for (gsize family = 0; family < INSTRU_N_FAMILIES; family++)
      g_assert_cmpuint (counts[fold][family], >, 0);
}

static void
test_same_seed_same_deal (void)
{
  g_autoptr (InstruDataset) dataset = make_dataset (56);
  g_autoptr (GHashTable) first = instru_folds_deal (dataset, N_FOLDS, 42, NULL);
  g_autoptr (GHashTable) again = instru_folds_deal (dataset, N_FOLDS, 42, NULL);

  for (guint i = 0; i < dataset->notes->len; i++)
    {
      const InstruNote *note = g_ptr_array_index (dataset->notes, i);

      g_assert_cmpuint (get_fold (first, note), ==, get_fold (again, note));
    }
}

static void
test_too_few_groups (void)
{
  g_autoptr (InstruDataset) dataset = make_dataset (16);
  g_autoptr (GError) error = NULL;

  g_assert_null (instru_folds_deal (dataset, N_FOLDS, 42, &error));
  g_assert_error (error, INSTRU_LAB_ERROR, INSTRU_LAB_ERROR_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/folds/each-family-in-each-fold", test_each_family_in_each_fold);
  g_test_add_func ("/folds/same-seed-same-deal", test_same_seed_same_deal);
  g_test_add_func ("/folds/too-few-groups", test_too_few_groups);
  return g_test_run ();
}
