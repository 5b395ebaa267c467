using MlNetRnn.Batching;
using MlNetRnn.Model;
using MlNetRnn.Sequences;

namespace MlNetRnn.Fitting;

/// <summary>Builds the vocabularies of a model from its training rows.</summary>
internal static class TrainingWords
{
    /// <summary>Builds the vocabularies and renumbers the tokens of the examples accordingly.</summary>
    /// <param name="options">The limits of a vocabulary.</param>
    /// <param name="readsCharacters">Whether the network reads the characters of tokens.</param>
    /// <param name="builders">The tokens of each column.</param>
    /// <param name="examples">The examples, with the numbers of the builders.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="known">The vocabularies of the model that training continues from; null for a new model.</param>
    public static ModelWords Build(
        RnnTextOptions options, bool readsCharacters, VocabularyBuilder[] builders, ExampleSet examples, int[] rows, ModelWords? known)
    {
        Vocabulary main = BuildOne(builders[0], examples.Sequences, options.MinimumCount, known?.Main);
        Vocabulary[] additional = [.. examples.Additional.Select((store, i) => BuildOne(builders[i + 1], store, 1, known?.Additional[i]))];
        return new ModelWords(main, additional, readsCharacters ? CharacterIndex.Learn(Spellings(examples, rows), known?.Characters) : null);

        Vocabulary BuildOne(VocabularyBuilder builder, SequenceStore store, int minimumCount, Vocabulary? knownWords)
        {
            if (store.FrameSize > 0) return new Vocabulary([]);
            Vocabulary vocabulary = builder.Build(store, rows, minimumCount, options.MaximumVocabularySize, knownWords, out int[] numbers);
            store.Renumber(numbers);
            return vocabulary;
        }
    }

    private static IEnumerable<string> Spellings(ExampleSet examples, int[] rows)
    {
        var seen = new HashSet<int>();
        foreach (int row in rows)
            foreach (int spelling in examples.Sequences.Spelled(row)) seen.Add(spelling);
        return seen.Select(spelling => examples.Sequences.Spellings[spelling]);
    }
}
