using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Questions that a machine waits for the answer of; used under the store's lock.</summary>
internal static class MachineQuestions
{
    /// <summary>Lets a machine ask; it has one question at a time.</summary>
    public static void Ask(LabWorld world, VirtualMachineEntity machine, PendingQuestion question)
    {
        machine.Question = question;
        machine.ChangeRuntime(runtime => runtime.Question = new VirtualMachineQuestionInfo
        {
            Id = question.Id,
            Text = question.Text,
            Choice = new ChoiceOption
            {
                DefaultIndex = 0,
                ChoiceInfo = [.. question.Choices.Select((choice, index) => new ElementDescription
                {
                    Key = index.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    Label = choice,
                    Summary = choice,
                })],
            },
        });
        world.Events.PostMachineEvent(
            new VmMessageEvent { Template = false, Message = question.Text }, machine, string.Empty, $"Message on {machine.Name}: {question.Text}");
    }

    /// <summary>Takes an answer.</summary>
    /// <exception cref="VimFaultException">The machine does not ask that, or not with that choice.</exception>
    public static void Answer(VirtualMachineEntity machine, string questionId, string choice)
    {
        if (machine.Question is not { } question || question.Id != questionId)
        {
            throw Faults.InvalidArgument("questionId", $"{machine.Name} does not ask the question '{questionId}'.");
        }

        if (!int.TryParse(choice, out var index) || index < 0 || index >= question.Choices.Count)
        {
            throw Faults.InvalidArgument("answerChoice", $"'{choice}' is no key of a choice.");
        }

        machine.Question = null;
        machine.ChangeRuntime(runtime => runtime.Question = null);
        question.Answered.TrySetResult(question.Choices[index]);
    }
}
