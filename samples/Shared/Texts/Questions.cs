namespace MlNetRnn.Samples.Texts;

/// <summary>Messages that no file contains, for the predictions of a saved model.</summary>
public static class Questions
{
    public static string[] All =>
    [
        "Where is my parcel? Out for delivery since Monday!",
        "You charged my card twice for one order",
        "cant log in since yesterday, no reset link",
        "Is the oak garden table weatherproof?",
        "Blender stopped after two smoothies, error E3",
    ];

    /// <summary>Prints the output of `predict` for the messages as a table: label, probability, message.</summary>
    public static void Print(IEnumerable<string> answers)
    {
        foreach ((string answer, string question) in answers.Zip(All))
        {
            string[] columns = answer.Split('\t');
            Console.WriteLine($"  {columns[0],-10}{columns[^1]}  {question}");
        }
    }
}
