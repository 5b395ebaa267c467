using MlNetRnn.Tags;

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
    [InlineData("S M L XL", false, false)]
    [InlineData("S M L", false, false)]
    [InlineData("I O M", false, false)]
    [InlineData("m w", false, false)]
    [InlineData("L M", false, false)]
    [InlineData("a i u o", false, false)]
    [InlineData("a e i o u", false, false)]
    [InlineData("s_1 s_2 s_3", false, false)]
    [InlineData("b_1 b_2 b_3", false, false)]
    [InlineData("l_hand l_foot", false, false)]
    [InlineData("S:inform U:request", false, false)]
    [InlineData("shirt-S shirt-M shirt-L shirt-XL", false, false)]
    [InlineData("N|M|S N|F|S ADJ|M|S", false, false)]
    [InlineData("O b-x I-x", false, false)]
    [InlineData("B-LOC B-PER NONE", true, false)]
    [InlineData("B-LOC NONE", false, false)]
    [InlineData("i o", true, false)]
    [InlineData("b e i o s", true, true)]
    [InlineData("I-PER I-LOC O 0", true, false)]
    [InlineData("I_PER O", true, false)]
    [InlineData("B M E S", true, true)]
    [InlineData("O B-X M-X E-X W-X", true, true)]
    [InlineData("o b-per i-per", true, false)]
    [InlineData("O B_PER I_PER", true, false)]
    [InlineData("O B:PER I:PER", true, false)]
    [InlineData("PER-B PER-I O", true, false)]
    [InlineData("per_b per_i o", true, false)]
    [InlineData("O B-PER I-PER 0", true, false)]
    [InlineData("O B-PER I-PER 0 X -X-", false, false)]
    [InlineData("O B-PER I-PER B-LOC I-LOC 0 X -X-", true, false)]
    [InlineData("NONE B-PER I-PER", true, false)]
    [InlineData("B I O 0", true, false)]
    [InlineData("A B C I O", false, false)]
    [InlineData("NOUN VERB ADJ B-PER O", false, false)]
    public void Recognizes_tags_that_mark_spans(string names, bool isScheme, bool marksEnds)
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
    public void A_missing_tag_does_not_break_a_rule()
    {
        TagScheme scheme = TagScheme.Of(["O", "B-A", "I-A"])!;
        Assert.True(scheme.Allows([-1, 2, -1, 2]));
        Assert.False(scheme.Allows([0, 2]));
        // No tag in the gap follows the rules.
        Assert.False(TagScheme.Of(["O", "I-A", "B-B"])!.Allows([-1, 1]));
        Assert.False(TagScheme.Of(["O", "B-A", "E-A", "B-B", "E-B"])!.Allows([1, -1, 4]));
        Assert.True(TagScheme.Of(["O", "B-A", "I-A", "E-A"])!.Allows([1, -1, 3]));
    }

    [Theory]
    [InlineData("B M E S", "B M E S B E", "0+3: 3+1: 4+2:")]
    [InlineData("O B-X M-X E-X W-X", "O B-X M-X E-X W-X O", "1+3:X 4+1:X")]
    [InlineData("PER-B PER-I LOC-B O", "PER-B PER-I LOC-B O", "0+2:PER 2+1:LOC")]
    [InlineData("event_attack_B event_attack_I O", "event_attack_B event_attack_I O", "0+2:event_attack")]
    [InlineData("o b-per i-per", "b-per i-per o b-per", "0+2:per 3+1:per")]
    [InlineData("O B-PER I-PER 0", "B-PER 0 I-PER 0 0", "0+1:PER 2+1:PER")]
    public void Spans_in_every_spelling(string names, string tags, string spans)
    {
        string[] all = names.Split(' ');
        List<RnnSpan> found = TagScheme.Of(all)!.Spans([.. tags.Split(' ').Select(tag => Array.IndexOf(all, tag))]);
        Assert.Equal(spans, string.Join(' ', found.Select(span => $"{span.Start}+{span.Length}:{span.Type}")));
    }

    [Fact]
    public void A_stray_tag_is_also_outside_for_the_rules()
    {
        TagScheme scheme = TagScheme.Of(["O", "B-A", "I-A", "0"])!;
        Assert.Equal([3], scheme.Strays);
        Assert.True(scheme.IsOutside(3) && scheme.AllowsFirst(3) && scheme.AllowsLast(3) && scheme.Allows(1, 3));
        Assert.False(scheme.Allows(3, 2));
    }

    [Theory]
    [InlineData("O BPER IPER", "BPER", "IPER")]
    [InlineData("Begin-PER Inside-PER Outside", "Begin-PER", "Inside-PER")]
    [InlineData("PER_start PER_in none", "PER_start", "PER_in")]
    [InlineData("O B.PER I.PER", "B.PER", "I.PER")]
    public void Detects_tags_that_resemble_a_scheme(string names, string begin, string inside) =>
        Assert.Equal((begin, inside), TagResemblance.Of(names.Split(' ')));

    [Theory]
    [InlineData("O B-PER I-PER")]
    [InlineData("NOUN VERB ADJ ADV ADP AUX CCONJ DET INTJ NUM PART PRON PROPN PUNCT SCONJ SYM X")]
    [InlineData("CC CD DT EX FW IN JJ JJR JJS LS MD NN NNS NNP NNPS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WRB")]
    [InlineData("up down left right")]
    [InlineData("D P S H R")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x y z")]
    public void Schemes_and_other_tags_do_not_resemble_a_scheme(string names) => Assert.Null(TagResemblance.Of(names.Split(' ')));

    [Fact]
    public void The_public_scheme_returns_the_same_spans()
    {
        RnnSpanScheme scheme = RnnSpanScheme.Of(["O", "B-LOC", "I-LOC", "0", "O"])!;
        Assert.Equal([new RnnSpan(1, 2, "LOC"), new RnnSpan(5, 1, "LOC")], scheme.Spans(["O", "B-LOC", "I-LOC", "0", null, "I-LOC", "B-OTHER"]));
        Assert.Equal(["0"], scheme.StrayTags);
        Assert.Null(RnnSpanScheme.Of(["NOUN", "VERB"]));
    }

    private static bool Allows(string[] names, string tags) => TagScheme.Of(names)!.Allows([.. tags.Split(' ').Select(tag => Array.IndexOf(names, tag))]);
}
