using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Translation;

/// <summary>A sentence and its place in the plane of the first two principal components of encoder states.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Meaning">The number of its meaning, which paraphrases share.</param>
/// <param name="IsPassive">Whether the sentence is passive.</param>
/// <param name="X">The first component.</param>
/// <param name="Y">The second component.</param>
internal sealed record SentencePoint(string Text, int Meaning, bool IsPassive, float X, float Y)
{
    /// <summary>
    /// Returns eight sentences of two nouns and two verbs: who does what is a matter of their order, or of the voice of the verb.
    /// </summary>
    public static (Sentence Sentence, int Meaning)[] Sentences()
    {
        Phrase dog = new(Lexicon.Nouns[0], true, null), woman = new(Lexicon.Nouns[5], true, null);
        (Phrase Subject, Phrase Object)[] roles = [(dog, woman), (woman, dog)];
        Verb[] verbs = [Lexicon.Verbs[0], Lexicon.Verbs[1]];
        return
        [
            .. verbs.SelectMany((verb, v) => roles.SelectMany((role, r) => new[] { false, true }.Select(isPassive =>
                (new Sentence(role.Subject, verb, role.Object, null, isPassive), 2 * v + r)))),
        ];
    }

    /// <summary>Reads the encoder states of the sentences, and projects them with ML.NET.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="model">A model with a column of encoder states.</param>
    /// <param name="stateColumn">The column.</param>
    public static SentencePoint[] Project(MLContext ml, ITransformer model, string stateColumn)
    {
        (Sentence Sentence, int Meaning)[] sentences = Sentences();
        IDataView rows = ml.Data.LoadFromEnumerable(sentences.Select(pair => pair.Sentence.ToPair("en", "fr")));
        IDataView states = model.Transform(rows);
        ITransformer plane = ml.Transforms.ProjectToPrincipalComponents("Plane", stateColumn, rank: 2, overSampling: 4, seed: 1).Fit(states);
        IEnumerable<float[]> points = plane.Transform(states).GetColumn<float[]>("Plane");
        return [.. sentences.Zip(points, (pair, at) => new SentencePoint(pair.Sentence.En, pair.Meaning, pair.Sentence.IsPassive, at[0], at[1]))];
    }
}
