using MlNetRnn.Sequences;

namespace MlNetRnn.Transforms.Tests.Sequences;

public class TagSchemeTests
{
    [Theory]
    [InlineData("O B-PER I-PER", true, false)]
    [InlineData("B I O", true, false)]
    [InlineData("O S-X", true, true)]
    [InlineData("O B-X I-X L-X U-X", true, true)]
    [InlineData("NOUN VERB", false, false)]
    [InlineData("O X", false, false)]
    [InlineData("B-PER NOUN", false, false)]
    [InlineData("O", false, false)]
    [InlineData("L U", false, false)]
    [InlineData("S L O", false, false)]
    public void Tags_that_mark_spans_are_known_by_their_form(string names, bool isScheme, bool marksEnds)
    {
        TagScheme? scheme = TagScheme.Of(names.Split(' '));
        Assert.Equal(isScheme, scheme is not null);
        Assert.Equal(marksEnds, scheme?.MarksEnds ?? false);
    }

    [Theory]
    [InlineData("B-A I-A O B-B", true)]
    [InlineData("I-A O", false)]
    [InlineData("O I-A", false)]
    [InlineData("B-A I-B", false)]
    [InlineData("B-A B-A I-A", true)]
    public void Rules_of_Iob2(string tags, bool isAllowed) => Assert.Equal(isAllowed, Allows(["O", "B-A", "I-A", "B-B", "I-B"], tags));

    [Theory]
    [InlineData("B-A E-A S-A O", true)]
    [InlineData("B-A I-A E-A", true)]
    [InlineData("B-A O", false)]
    [InlineData("B-A", false)]
    [InlineData("S-A I-A", false)]
    [InlineData("B-A S-A", false)]
    [InlineData("O E-A", false)]
    public void Rules_of_Iobes(string tags, bool isAllowed) => Assert.Equal(isAllowed, Allows(["O", "B-A", "I-A", "E-A", "S-A"], tags));

    [Fact]
    public void A_missing_tag_breaks_no_rule()
    {
        TagScheme scheme = TagScheme.Of(["O", "B-A", "I-A"])!;
        Assert.True(scheme.Allows([-1, 2, -1, 2]));
        Assert.False(scheme.Allows([0, 2]));
        // Nothing that could stand in the gap keeps the rules.
        Assert.False(TagScheme.Of(["O", "I-A", "B-B"])!.Allows([-1, 1]));
        Assert.False(TagScheme.Of(["O", "B-A", "E-A", "B-B", "E-B"])!.Allows([1, -1, 4]));
        Assert.True(TagScheme.Of(["O", "B-A", "I-A", "E-A"])!.Allows([1, -1, 3]));
    }

    private static bool Allows(string[] names, string tags) => TagScheme.Of(names)!.Allows([.. tags.Split(' ').Select(tag => Array.IndexOf(names, tag))]);
}
