using MlNetRnn.Evaluation;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>The stems of the examples of Porter (1980). The paper shows the result of a single step; these are the results of all steps.</summary>
public class PorterStemmerTests
{
    [Theory]
    [InlineData("caresses caress ponies poni ties ti caress caress cats cat")]
    [InlineData("feed feed agreed agre plastered plaster bled bled motoring motor sing sing")]
    [InlineData("conflated conflat troubled troubl sized size hopping hop tanned tan falling fall hissing hiss fizzed fizz failing fail filing file")]
    [InlineData("happy happi sky sky")]
    [InlineData("relational relat conditional condit rational ration valenci valenc hesitanci hesit digitizer digit conformabli conform radicalli radic")]
    [InlineData("differentli differ vileli vile analogousli analog vietnamization vietnam predication predic operator oper feudalism feudal")]
    [InlineData("decisiveness decis hopefulness hope callousness callous formaliti formal sensitiviti sensit sensibiliti sensibl")]
    [InlineData("triplicate triplic formative form formalize formal electriciti electr electrical electr hopeful hope goodness good")]
    [InlineData("revival reviv allowance allow inference infer airliner airlin gyroscopic gyroscop adjustable adjust defensible defens irritant irrit")]
    [InlineData("replacement replac adjustment adjust dependent depend adoption adopt homologou homolog communism commun activate activ")]
    [InlineData("angulariti angular homologous homolog effective effect bowdlerize bowdler")]
    [InlineData("probate probat rate rate cease ceas controll control roll roll")]
    [InlineData("generalizations gener oscillators oscil")]
    [InlineData("dogs dog running run riding ride plays plai children children")]
    public void Examples_have_their_stems(string pairs)
    {
        foreach (string[] pair in pairs.Split(' ').Chunk(2)) Assert.Equal($"{pair[0]} {pair[1]}", $"{pair[0]} {PorterStemmer.Stem(pair[0])}");
    }

    [Theory]
    [InlineData("is")]
    [InlineData("")]
    [InlineData("n't")]
    [InlineData("Dogs")]
    [InlineData("straßes")]
    [InlineData("1990s")]
    public void Other_words_stay_as_they_are(string word) => Assert.Equal(word, PorterStemmer.Stem(word));

    /// <summary>The letter y is a vowel after a consonant: m counts the consonants after vowels.</summary>
    [Theory]
    [InlineData("tree", 0)]
    [InlineData("by", 0)]
    [InlineData("trouble", 1)]
    [InlineData("oats", 1)]
    [InlineData("troubles", 2)]
    [InlineData("oaten", 2)]
    [InlineData("toyyyt", 2)]
    [InlineData("", 0)]
    public void The_measure_is_that_of_the_paper(string text, int expected) => Assert.Equal(expected, new PorterStem(text).Measure);
}
